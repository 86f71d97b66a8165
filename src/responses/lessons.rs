//! The examples of topics and red flags, prepared to train the models with.

use super::{Example, RedFlag, Responses, Sign, Topic, TopicId};
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

/// Trains the model that tells red flags from each other and from none. What a topic's example
/// says raises nothing.
pub(super) fn train_signs(
    flags: &[RedFlag],
    topics: &[Lesson<'_>],
    phrases: &PhraseSet<Sign>,
) -> Classifier {
    let none = flags.len();
    let own = flags.iter().enumerate().flat_map(|(class, flag)| {
        let says = flag.examples.iter().map(move |example| (class, example));
        says.chain(flag.harmless.iter().map(move |example| (none, example)))
    });
    let prepared: Vec<(usize, Words, Reading)> = own
        .map(|(class, example)| {
            let words = Words::of(&example.text);
            let reading = phrases.read(&words);
            (class, words, reading)
        })
        .collect();
    let own = prepared.iter().map(|(class, words, reading)| classifier::Example {
        words,
        reading,
        class: *class,
    });
    let others = topics.iter().map(|lesson| classifier::Example {
        words: &lesson.words,
        reading: &lesson.reading,
        class: none,
    });
    let examples: Vec<classifier::Example<'_>> = own.chain(others).collect();
    Classifier::train(none + 1, &examples, phrases.word_count())
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
