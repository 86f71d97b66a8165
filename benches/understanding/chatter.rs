//! Club talk, and a message as Discord sends it; shared by the benches.

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

/// The message as Discord sends it in a server, with the fields that every ordinary message has.
pub(crate) fn payload(text: &str) -> String {
    let text = serde_json::to_string(text).unwrap();
    format!(
        r#"{{"id":"1309876543210987654","channel_id":"1209876543210987654","guild_id":"1109876543210987654","channel_type":0,"type":0,"content":{text},"timestamp":"2025-11-23T18:04:05.678000+00:00","edited_timestamp":null,"tts":false,"mention_everyone":false,"mentions":[],"mention_roles":[],"attachments":[],"embeds":[],"components":[],"pinned":false,"flags":0,"nonce":"1309876540000000000","author":{{"id":"1009876543210987654","username":"hill_rep_harriet","discriminator":"0","global_name":"Harriet","avatar":"a_0123456789abcdef0123456789abcdef","avatar_decoration_data":null,"clan":null,"primary_guild":null,"collectibles":null,"display_name_styles":null,"public_flags":0}},"member":{{"roles":["1112223334445556667","1112223334445556668"],"nick":"Harriet (V45)","avatar":null,"banner":null,"premium_since":null,"joined_at":"2023-01-08T09:10:11.121000+00:00","communication_disabled_until":null,"deaf":false,"mute":false,"pending":false,"flags":0}}}}"#
    )
}
