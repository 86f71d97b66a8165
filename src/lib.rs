//! Charley understands a leg cramp, finds the danger signs and says what helps.

pub mod vocabulary;
pub mod message;
pub mod phrases;
pub mod classifier;
pub mod responses;
pub mod understanding;
pub mod rehearsal;
pub mod cli { pub mod evaluate; }
