//! The examples of topics and red flags, prepared to train the models with.

use super::{Example, RedFlag, Responses, Sign, Topic, TopicId};
use crate::classifier::{Classifier, Examples};
use crate::message::Words;
use crate::phrases::{PhraseSet, WordId};

/// One example of a topic, prepared.
#[derive(Clone, Debug)]
pub struct Lesson<'l> {
    /// The topic.
    pub topic: TopicId,
    /// The message as it stands in the file.
    pub example: &'l Example,
    /// Its words.
    pub words: Words,
    /// What its words are known as.
    pub known: Vec<WordId>,
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
        let known = phrases.know(&words);
        Lesson { topic, example, words, known }
    };
    examples.zip(words).map(lesson).collect()
}

/// Trains the topic model, and the one that tells red flags from each other and from none. What a
/// topic's example says raises nothing.
pub(super) fn train(
    topics: usize,
    lessons: Vec<Lesson<'_>>,
    flags: &[RedFlag],
    phrases: &PhraseSet<Sign>,
) -> (Classifier, Classifier) {
    let none = flags.len();
    let own = flags.iter().enumerate().flat_map(|(class, flag)| {
        let says = flag.examples.iter().map(move |example| (class, example));
        says.chain(flag.harmless.iter().map(move |example| (none, example)))
    });
    let (own, of_flags): (Vec<usize>, Vec<(Words, Vec<WordId>)>) = own
        .map(|(class, example)| {
            let words = Words::of(&example.text);
            let known = phrases.know(&words);
            (class, (words, known))
        })
        .unzip();
    let all = lessons.iter().map(|lesson| (&lesson.words, lesson.known.as_slice()));
    let all = all.chain(of_flags.iter().map(|(words, known)| (words, known.as_slice())));
    let examples = Examples::of(all, lessons.len(), phrases.word_count());
    let of_topics: Vec<usize> = lessons.iter().map(|lesson| usize::from(lesson.topic.0)).collect();
    // Training takes the most memory of all: what it does not need goes first.
    drop((lessons, of_flags));
    let topic_model = Classifier::train(topics, &examples, of_topics.iter().copied().enumerate());
    let own = (of_topics.len()..).zip(own);
    let others = (0..of_topics.len()).map(|at| (at, none));
    (topic_model, Classifier::train(none + 1, &examples, own.chain(others)))
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
        let lessons: Vec<&Lesson<'e>> = lessons.collect();
        let words = lessons.iter().map(|lesson| (&lesson.words, lesson.known.as_slice()));
        let examples = Examples::again(&self.classifier, words);
        let topics = lessons.iter().map(|lesson| usize::from(lesson.topic.0));
        Classifier::train(self.topics.len(), &examples, topics.enumerate())
    }
}
