//! Reading grade.
