//! The topics' examples, prepared to train the topic model with.

use super::{Example, Responses, Sign, Topic, TopicId};
use crate::classifier::{self, Classifier};
use crate::message::Words;
use crate::phrases::{PhraseSet, Reading};

/// One example of a topic, prepared.
#[derive(Clone, Debug)]
pub struct Lesson<'l> {
    /// The topic.
    pub topic: TopicId,
    /// The message as it stands in the file.
    pub example: &'l Example,
    /// Its words.
    pub words: Words,
    /// Its words looked up.
    pub reading: Reading,
}

/// All examples, topic by topic, with their words.
pub(super) fn lessons<'l>(
    topics: &'l [Topic],
    words: impl Iterator<Item = Words>,
    phrases: &PhraseSet<Sign>,
) -> Vec<Lesson<'l>> {
    let ids = (0..=u16::MAX).map(TopicId);
    let examples =
        ids.zip(topics).flat_map(|(id, topic)| topic.examples.iter().map(move |e| (id, e)));
    let lesson = |((topic, example), words): ((TopicId, &'l Example), Words)| {
        let reading = phrases.read(&words);
        Lesson { topic, example, words, reading }
    };
    examples.zip(words).map(lesson).collect()
}

/// Trains a model for so many topics.
pub(super) fn train<'l, 'e: 'l>(
    topics: usize,
    lessons: impl Iterator<Item = &'l Lesson<'e>>,
    phrases: &PhraseSet<Sign>,
) -> Classifier {
    let example = |lesson: &'l Lesson<'e>| classifier::Example {
        words: &lesson.words,
        reading: &lesson.reading,
        class: usize::from(lesson.topic.0),
    };
    let examples: Vec<classifier::Example<'_>> = lessons.map(example).collect();
    Classifier::train(topics, &examples, phrases.word_count())
}

impl Responses {
    /// The topics' examples, prepared.
    #[must_use]
    pub fn lessons(&self) -> Vec<Lesson<'_>> {
        let examples = self.topics.iter().flat_map(|topic| &topic.examples);
        lessons(&self.topics, examples.map(|example| Words::of(&example.text)), &self.phrases)
    }

    /// A topic model that knows these lessons only.
    #[must_use]
    pub fn trained_on<'l, 'e: 'l>(
        &self,
        lessons: impl Iterator<Item = &'l Lesson<'e>>,
    ) -> Classifier {
        train(self.topics.len(), lessons, &self.phrases)
    }
}
