//! Messages of about 200 characters, and the same as Discord sends them.

use charley::message::{Address, Message, PersonId, PlaceId};
use charley::turn::Event;

pub(crate) use crate::chatter::{CHATTER, payload};

/// Messages about cramps, as people put them.
pub(crate) const CRAMPS: &[&str] = &[
    "Chemo-induced neuropathy since oxaliplatin. My soles are numb like walking on felt, and toes \
     cramp when I get into a cold bed. Onc suggested duloxetine. Did it touch the cramps for anyone?",
    "Polio at age 4, 73 now. The weak leg has got thinner again these last two years and the calf \
     cramps whenever I overdo the garden. Post polio clinic shut. Any exercises that don't make it \
     worse?",
    "My son (10, football mad) has cramped in the same calf three Saturdays running and now limps \
     by evening, says one spot on his shin is sore if I press it. He's had a growth spurt. Rest it \
     or get an x-ray?",
    "What can make the calf muscles AND the hands cramp at once after a hot yoga class? Happened \
     tonight, I was in there 90 min, hands went like T-rex. Better after a coke and a salty soup, \
     now just tired.",
    "raynauds in the feet + foot cramps. toes went blue AND cramped under, one side only, and its \
     been an hour in a warm room and they havent come back or uncurled. normally its ten mins both \
     sides",
    "L5-S1 herniation confirmed on MRI. Sciatica's easing but the hamstring on that side cramps \
     when I lie on my front. Back still aches in the mornings. Can I stretch the hamstring or will \
     that annoy the nerve?",
    "Grade 2 calf tear in May, back running in August, all good until last night's reps: same calf \
     cramped, no pop, no bruise, full strength, just scared. Physio is on holiday. Easy 5k tomorrow \
     or wait?",
    "Night cramps nearly every night since I upped my mileage for the spring marathon. Stretching \
     before bed did nothing, magnesium did nothing. Is there anything that works when it grabs you \
     at 3 am?",
];

/// Somebody says a text to Charley.
pub(crate) fn said(text: &str) -> Event {
    let from = Address { person: PersonId(1), place: PlaceId(2) };
    let at = jiff::Timestamp::UNIX_EPOCH;
    Event::Said(Message {
        id: 3,
        from,
        text: text.to_owned(),
        at,
        addressed: true,
        in_public: false,
        within: None,
    })
}

/// The message as serenity reads it.
pub(crate) fn parse(payload: &str) -> serenity::model::channel::Message {
    serde_json::from_str(payload).unwrap()
}
