//! The server: starts a world on loopback, and lets a test look, change, wait and break things.

use std::fmt::{self, Debug, Display, Formatter};
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use axum::Router;
use axum::extract::Extension;
use axum::routing::any;
use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpStream;
use tokio::sync::oneshot;

use crate::faults::{Fault, Target, When};
use crate::member::Member;
use crate::rest::Scissors;
use crate::shared::Shared;
use crate::world::{UserId, World};
use crate::{gateway, page, rest};

/// A running stand-in. It stops when it is dropped.
pub struct Server {
    shared: Arc<Shared>,
    port: u16,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// What happened, where something awaited did not. It prints as a story.
pub struct Story(String);

impl Server {
    /// Serves a world on a free port of loopback.
    ///
    /// # Errors
    /// Where no port or no thread is to be had.
    pub fn start(world: World) -> io::Result<Self> {
        Self::start_on(0, world)
    }

    /// Serves a world on this port of loopback.
    ///
    /// # Errors
    /// Where the port is taken.
    pub fn start_on(port: u16, mut world: World) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        listener.set_nonblocking(true)?;
        let port = listener.local_addr()?.port();
        world.port = port;
        let shared = Arc::new(Shared::new(world));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (stop, stopped) = oneshot::channel();
        let serving = serve(listener, Arc::clone(&shared));
        let thread = thread::Builder::new().name("local-discord".into()).spawn(move || {
            runtime.block_on(async {
                tokio::select! {
                    _ = serving => {}
                    _ = stopped => {}
                }
            });
        })?;
        Ok(Self { shared, port, stop: Some(stop), thread: Some(thread) })
    }

    /// The root of the REST side, to be given to a bot in place of `https://discord.com`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The address of the gateway.
    #[must_use]
    pub fn gateway_url(&self) -> String {
        format!("ws://127.0.0.1:{}/gateway", self.port)
    }

    /// A person, to let them talk.
    #[must_use]
    pub fn who(&self, id: UserId) -> Member {
        Member::new(Arc::clone(&self.shared), id)
    }

    /// Looks at the world.
    pub fn look<T>(&self, look: impl FnOnce(&World) -> T) -> T {
        self.shared.look(look)
    }

    /// Changes the world; a connected bot is told.
    pub fn change<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        self.shared.change(change)
    }

    /// Waits until something is so, without sleeping.
    ///
    /// # Errors
    /// With the story so far, where it is not so in time.
    pub fn until(&self, holds: impl Fn(&World) -> bool, within: Duration) -> Result<(), Story> {
        self.find(|world| holds(world).then_some(()), within)
    }

    /// Waits until something is found.
    ///
    /// # Errors
    /// With the story so far, where it is not found in time.
    pub fn find<T>(&self, see: impl Fn(&World) -> Option<T>, within: Duration) -> Result<T, Story> {
        self.shared.wait(within, see).ok_or_else(|| self.story())
    }

    /// What happened so far.
    #[must_use]
    pub fn story(&self) -> Story {
        Story(self.look(|world| world.journal.to_string()))
    }

    /// Lets the next request that `target` meets go wrong.
    pub fn fault(&self, target: Target, when: When, fault: Fault) {
        self.faults(target, when, fault, 0, 1);
    }

    /// Lets `times` requests go wrong, after `spare` that pass.
    pub fn faults(&self, target: Target, when: When, fault: Fault, spare: usize, times: usize) {
        self.change(|world| world.faults.order(target, when, fault, spare, times));
    }

    /// Takes all ordered faults back.
    pub fn mend(&self) {
        self.change(|world| world.faults.clear());
    }

    /// Stops the world's clock, so that only [`Server::passes`] moves it.
    pub fn stops_clock(&self) {
        self.change(|world| world.clock.stop());
    }

    /// Moves the world's clock on, so that tokens die and nonces are forgotten.
    pub fn passes(&self, time: Duration) {
        self.change(|world| world.clock.skip(time));
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // The thread may have ended by itself.
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Display for Story {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        write!(out, "what happened:\n{}", self.0)
    }
}

impl Debug for Story {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        Display::fmt(self, out)
    }
}

impl std::error::Error for Story {}

async fn serve(listener: TcpListener, shared: Arc<Shared>) -> io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let gateway = any(gateway::upgrade);
    let router = Router::new()
        .route("/gateway", gateway.clone())
        .route("/gateway/", gateway.clone())
        .route("/resume", gateway.clone())
        .route("/resume/", gateway)
        .merge(page::routes())
        .fallback(rest::serve)
        .with_state(shared);
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        tokio::spawn(talk(stream, router.clone()));
    }
}

/// Serves one connection until it ends or is cut.
async fn talk(stream: TcpStream, router: Router) {
    let scissors = Scissors::default();
    let service = TowerToHyperService::new(router.layer(Extension(scissors.clone())));
    let connection =
        http1::Builder::new().serve_connection(TokioIo::new(stream), service).with_upgrades();
    tokio::select! {
        _ = connection => {}
        () = scissors.0.notified() => {}
    }
}
