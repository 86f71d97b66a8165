//! The page of the stand-in, in a real browser: a person is a member there and talks to Charley. Where
//! no Chromium is installed there is nothing to test it with.

use std::net::{Ipv4Addr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use tempfile::TempDir;

use super::town::{SOON, Town};

/// The program that drives Chromium, as Debian and its kin install it.
const DRIVER: &str = "chromedriver";

/// Without these Chromium asks the network for things of its own.
const FLAGS: [&str; 8] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-component-update",
    "--disable-background-networking",
    "--no-first-run",
];

/// A browser that is closed with its test.
struct Browser {
    driver: Child,
    client: Client,
    _profile: TempDir,
}

impl Browser {
    /// Starts it, if there is one.
    async fn start() -> Option<Self> {
        let port =
            TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
        let mut driver = Command::new(DRIVER);
        driver.arg(format!("--port={port}")).stdout(Stdio::null()).stderr(Stdio::null());
        let driver = driver.spawn().ok()?;
        let profile = tempfile::tempdir().unwrap();
        let mut flags: Vec<String> = FLAGS.map(str::to_owned).to_vec();
        flags.push(format!("--user-data-dir={}", profile.path().display()));
        let mut wanted = Capabilities::new();
        wanted.insert("goog:chromeOptions".to_owned(), json!({ "args": flags }));
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(wanted);
        let (address, end) = (format!("http://127.0.0.1:{port}"), Instant::now() + SOON);
        loop {
            match builder.connect(&address).await {
                Ok(client) => return Some(Self { driver, client, _profile: profile }),
                Err(error) => assert!(Instant::now() < end, "no browser: {error}"),
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Waits until something is on the page.
    async fn sees(&self, path: &str) -> fantoccini::elements::Element {
        let found = self.client.wait().at_most(SOON).for_element(Locator::XPath(path)).await;
        match found {
            Ok(found) => found,
            Err(error) => panic!("{path}: {error}\n{}", self.text().await),
        }
    }

    /// Waits for it and clicks it; the page may draw it anew meanwhile.
    async fn clicks(&self, path: &str) {
        let end = Instant::now() + SOON;
        while let Err(error) = self.sees(path).await.click().await {
            assert!(Instant::now() < end, "{path}: {error}");
        }
    }

    async fn writes(&self, text: &str) {
        self.sees("//input[@id='text']").await.send_keys(text).await.unwrap();
        self.clicks("//form[@id='write']/button").await;
    }

    async fn text(&self) -> String {
        match self.client.find(Locator::Css("main")).await {
            Ok(main) => main.text().await.unwrap_or_default(),
            Err(error) => error.to_string(),
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

fn button(label: &str) -> String {
    format!("//article//button[text()='{label}']")
}

fn said(text: &str) -> String {
    format!("//article//p[contains(., '{text}')]")
}

#[test]
fn a_person_talks_to_charley_on_the_page() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let Some(browser) = runtime.block_on(Browser::start()) else { return };
    let town = Town::new();
    let _charley = town.charley();
    runtime.block_on(async {
        browser.client.goto(&town.discord.url()).await.unwrap();
        browser.sees("//p[@id='bot'][contains(., 'Charley is here')]").await;
        browser.clicks("//nav//button[contains(., 'general')]").await;
        browser.writes("my calf is cramping right now, help").await;
        browser.clicks(&button("Help me privately")).await;
        browser.sees("//article[@class='mine']//small[contains(., 'only you can see this')]").await;
        browser.clicks(&button("None of these")).await;
        browser.sees("(//article[@class='mine'])[2]").await;
        browser.clicks("//nav//button[contains(., 'Charley')]").await;
        browser.writes("does pickle juice help?").await;
        browser.sees(&said("pickle")).await;
        browser.client.clone().close().await.unwrap();
    });
}
