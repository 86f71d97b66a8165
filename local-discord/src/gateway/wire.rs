//! The websocket of one client.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use futures_util::SinkExt;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until, timeout};

use super::Order;
use crate::shared::Shared;
use crate::world::World;

/// Takes a client in, unless connections are being refused.
pub(crate) async fn upgrade(
    State(shared): State<Arc<Shared>>,
    upgrade: WebSocketUpgrade,
) -> Response {
    if shared.look(World::refuses_gateway) {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    upgrade.on_upgrade(|socket| serve(socket, shared))
}

async fn serve(mut socket: WebSocket, shared: Arc<Shared>) {
    let (orders, mut todo) = mpsc::unbounded_channel();
    let line = shared.change(|world| world.connects(orders));
    let code = talk(&mut socket, &shared, line, &mut todo).await;
    shared.change(|world| world.disconnects(line, code));
}

/// Talks until the connection ends; the code with which the client closed, if it did.
async fn talk(
    socket: &mut WebSocket,
    shared: &Shared,
    line: u64,
    todo: &mut mpsc::UnboundedReceiver<Order>,
) -> Option<u16> {
    let patience = shared.look(|world| world.settings.heartbeat) * 5 / 2;
    let mut deadline = Instant::now() + patience;
    let mut batch = Vec::new();
    loop {
        tokio::select! {
            count = todo.recv_many(&mut batch, 64) => {
                if count == 0 || !carry_out(socket, &mut batch).await {
                    return None;
                }
            }
            heard = socket.recv() => match heard {
                Some(Ok(Message::Text(text))) => {
                    deadline = Instant::now() + patience;
                    shared.change(|world| world.receives(line, &text));
                }
                Some(Ok(Message::Binary(bytes))) => {
                    let text = String::from_utf8_lossy(&bytes);
                    shared.change(|world| world.receives(line, &text));
                }
                Some(Ok(Message::Close(frame))) => {
                    return Some(frame.map_or(1005, |frame| frame.code));
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Err(_)) | None => return None,
            },
            () = sleep_until(deadline) => {
                shared.change(|world| world.close_with(line, 4009));
                deadline = Instant::now() + patience;
            }
        }
    }
}

/// Does what was ordered; false when the connection is at its end.
async fn carry_out(socket: &mut WebSocket, batch: &mut Vec<Order>) -> bool {
    for order in batch.drain(..) {
        match order {
            Order::Send(text) => {
                if socket.feed(Message::Text(text.into())).await.is_err() {
                    return false;
                }
            }
            Order::Close(code) => {
                say_goodbye(socket, code).await;
                return false;
            }
            Order::Drop => return false,
        }
    }
    socket.flush().await.is_ok()
}

/// Sends a close frame and lets the client read it before the connection ends.
async fn say_goodbye(socket: &mut WebSocket, code: u16) {
    let frame = CloseFrame { code, reason: "".into() };
    let _ = socket.send(Message::Close(Some(frame))).await;
    let rest = async { while let Some(Ok(_)) = socket.recv().await {} };
    let _ = timeout(Duration::from_secs(1), rest).await;
}
