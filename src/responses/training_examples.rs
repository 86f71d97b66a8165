//! The examples of topics and red flags, prepared to train the models with.

use super::{Example, RedFlag, Responses, Sign, Topic, TopicId};
use crate::classifier::{Classifier, Examples};
use crate::message::Words;
use crate::phrases::{PhraseSet, WordId};

/// One example of a topic, prepared.
#[derive(Clone, Debug)]
pub struct TrainingExample<'l> {
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
pub(super) fn training_examples<'l>(
    topics: &'l [Topic],
    words: impl Iterator<Item = Words>,
    phrases: &PhraseSet<Sign>,
) -> Vec<TrainingExample<'l>> {
    let ids = (0..=u16::MAX).map(TopicId);
    let examples =
        ids.zip(topics).flat_map(|(id, topic)| topic.examples.iter().map(move |e| (id, e)));
    let own = |((topic, example), words): ((TopicId, &'l Example), Words)| {
        let known = phrases.know(&words);
        TrainingExample { topic, example, words, known }
    };
    examples.zip(words).map(own).collect()
}

/// Trains the topic model, and the one that tells red flags from each other and from none. What a
/// topic's example says raises nothing.
pub(super) fn train(
    topics: usize,
    training: Vec<TrainingExample<'_>>,
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
    let all = training.iter().map(|own| (&own.words, own.known.as_slice()));
    let all = all.chain(of_flags.iter().map(|(words, known)| (words, known.as_slice())));
    let examples = Examples::of(all, training.len(), phrases.word_count());
    let of_topics: Vec<usize> = training.iter().map(|own| usize::from(own.topic.0)).collect();
    // Training takes the most memory of all: what it does not need goes first.
    drop((training, of_flags));
    let topic_model = Classifier::train(topics, &examples, of_topics.iter().copied().enumerate());
    let own = (of_topics.len()..).zip(own);
    let others = (0..of_topics.len()).map(|at| (at, none));
    (topic_model, Classifier::train(none + 1, &examples, own.chain(others)))
}

impl Responses {
    /// The topics' examples, prepared.
    #[must_use]
    pub fn training_examples(&self) -> Vec<TrainingExample<'_>> {
        let examples = self.topics.iter().flat_map(|topic| &topic.examples);
        training_examples(
            &self.topics,
            examples.map(|example| Words::of(&example.text)),
            &self.phrases,
        )
    }

    /// A topic model that knows these examples only.
    #[must_use]
    pub fn trained_on<'l, 'e: 'l>(
        &self,
        training: impl Iterator<Item = &'l TrainingExample<'e>>,
    ) -> Classifier {
        let training: Vec<&TrainingExample<'e>> = training.collect();
        let words = training.iter().map(|own| (&own.words, own.known.as_slice()));
        let examples = Examples::again(&self.classifier, words);
        let topics = training.iter().map(|own| usize::from(own.topic.0));
        Classifier::train(self.topics.len(), &examples, topics.enumerate())
    }
}
