//! The least that reads a gateway, as the floor of what others cost.

use futures_util::{SinkExt, StreamExt};
use serde_json::json;
use tokio_websockets::{ClientBuilder, Message};

use crate::TOKEN;

/// Starts this program as the reader.
pub(crate) const NAME: &str = "--bare-reader";

/// Identifies, and receives for as long as it lives.
pub(crate) fn run(url: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let (mut socket, _) =
            ClientBuilder::new().uri(url).unwrap().connect().await.expect("the gateway answers");
        let properties = json!({"os": "linux", "browser": "reader", "device": "reader"});
        let intents = 1 | 1 << 9 | 1 << 12 | 1 << 15;
        let identify =
            json!({"op": 2, "d": {"token": TOKEN, "intents": intents, "properties": properties}});
        socket.send(Message::text(identify.to_string())).await.unwrap();
        while let Some(Ok(message)) = socket.next().await {
            std::hint::black_box(message.as_payload());
        }
    });
}
