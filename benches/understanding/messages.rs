//! Messages of about 200 characters, and the same as Discord sends them.

use charley::message::{Address, Message, PersonId, PlaceId};
use charley::turn::Event;

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

/// Club talk that is about nothing of the kind.
pub(crate) const CHATTER: &[&str] = &[
    "Session tonight is 6 x 800 off 90 seconds at the track, gates open at half six. Bring a head \
     torch for the warm up loop because the lights on the far side are still out after the storm.",
    "Has anybody got a spare number for the relay on Sunday? One of our four has to work and we \
     would hate to scratch the team. The club pays the entry, you only need your vest and a smile.",
    "Results from the county cross country are up on the site. Third in the team race behind two \
     clubs that are twice our size, and four of the scorers were first years. Cake at the pub later.",
    "Looking for a lift to parkrun from the station, happy to chip in for petrol. I can also bring \
     the barcode scanner back to the tent, it has been sitting in my hall since the summer party.",
    "The new shoes finally came and they are brilliant, best ride I have had since the old model \
     was dropped. Shop has a sale on until Friday, say you are from the club and they knock off ten.",
    "Reminder that membership is due by the end of the month. Standing orders are easiest, the \
     details are pinned, and please put your surname in the reference so the treasurer stays sane.",
    "Coach says the long one this week is two hours easy along the canal with the option of a loop \
     of the reservoir for those who are training for April. Coffee at the lock keeper's cottage after.",
    "Lost a grey buff and one glove somewhere between the bridge and the car park on Tuesday, if \
     anyone spots them on the fence please shout. The other glove is lonely and so am I without it.",
];

/// Somebody says a text to Charley.
pub(crate) fn said(text: &str) -> Event {
    let from = Address { person: PersonId(1), place: PlaceId(2) };
    let at = jiff::Timestamp::UNIX_EPOCH;
    Event::Said(Message { id: 3, from, text: text.to_owned(), at, addressed: true })
}

/// The message as Discord sends it in a server, with the fields that every ordinary message has.
pub(crate) fn payload(text: &str) -> String {
    let text = serde_json::to_string(text).unwrap();
    format!(
        r#"{{"id":"1309876543210987654","channel_id":"1209876543210987654","guild_id":"1109876543210987654","channel_type":0,"type":0,"content":{text},"timestamp":"2025-11-23T18:04:05.678000+00:00","edited_timestamp":null,"tts":false,"mention_everyone":false,"mentions":[],"mention_roles":[],"attachments":[],"embeds":[],"components":[],"pinned":false,"flags":0,"nonce":"1309876540000000000","author":{{"id":"1009876543210987654","username":"hill_rep_harriet","discriminator":"0","global_name":"Harriet","avatar":"a_0123456789abcdef0123456789abcdef","avatar_decoration_data":null,"clan":null,"primary_guild":null,"collectibles":null,"display_name_styles":null,"public_flags":0}},"member":{{"roles":["1112223334445556667","1112223334445556668"],"nick":"Harriet (V45)","avatar":null,"banner":null,"premium_since":null,"joined_at":"2023-01-08T09:10:11.121000+00:00","communication_disabled_until":null,"deaf":false,"mute":false,"pending":false,"flags":0}}}}"#
    )
}

/// The message as serenity reads it.
pub(crate) fn parse(payload: &str) -> serenity::model::channel::Message {
    serde_json::from_str(payload).unwrap()
}
