//! A page under test: found by test id, waited for, looked at, photographed.

use std::future::Future;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result, anyhow, bail};
use fantoccini::actions::{InputSource as _, MOUSE_BUTTON_RIGHT, MouseActions, PointerAction};
use fantoccini::elements::Element;
use fantoccini::{Client, Locator};
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use crate::driver::Driver;
use crate::keys::{down, paced, strokes, up, with_ctrl};
use crate::workplace;

/// Longest wait for something to appear; generous, since test machines are slow and shared.
const WAIT: Duration = Duration::from_secs(60);
/// Longest wait for a background job, drawing and checking the example in a debug build included.
const JOB: Duration = Duration::from_secs(300);
/// Longer than any double click takes.
const DOUBLE_CLICK: Duration = Duration::from_millis(700);
/// What somebody reads on the page, the beginning of it: why something did not come is mostly said there.
const SHOWN: &str = "return document.body.innerText.slice(0, 800);";
/// Pause between two looks.
const LOOK: Duration = Duration::from_millis(40);

/// The window or a browser's page, with the server that drives it.
pub struct Page {
    client: Client,
    driver: Driver,
    name: String,
    is_window: bool,
}

impl Page {
    /// The station's own window over `workspace`; `env` reaches the program.
    ///
    /// # Errors
    /// When the program or the driver does not start.
    pub async fn window(name: &str, workspace: &Path, env: &[(&str, &Path)]) -> Result<Self> {
        let program = workplace::program("zhaoshen-desktop")?;
        Self::window_of(&program, name, workspace, env).await
    }

    /// The same of a program that lies elsewhere, an installed one.
    ///
    /// # Errors
    /// When the program or the driver does not start.
    pub async fn window_of(
        program: &Path,
        name: &str,
        workspace: &Path,
        env: &[(&str, &Path)],
    ) -> Result<Self> {
        let mut all = vec![("ZHAOSHEN_WORKSPACE", workspace)];
        // The diary of a test belongs beside its workspace, not into the home of who runs it.
        all.push(("XDG_DATA_HOME", workspace.parent().unwrap_or(workspace)));
        all.extend_from_slice(env);
        let driver = Driver::webkit(&all).await?;
        let client = driver.window(program).await?;
        Ok(Self {
            client,
            driver,
            name: name.to_owned(),
            is_window: true,
        })
    }

    /// A browser at `address`.
    ///
    /// # Errors
    /// When the browser or its driver does not start.
    pub async fn browser(name: &str, address: &str) -> Result<Self> {
        let driver = Driver::chromium().await?;
        let client = driver.browser().await?;
        client.goto(address).await?;
        Ok(Self {
            client,
            driver,
            name: name.to_owned(),
            is_window: false,
        })
    }

    /// The programs that the driver started: the station's window, or the browser.
    pub fn programs(&self) -> Vec<u32> {
        self.driver.programs()
    }

    /// Runs a test over the page and closes it; keeps a screenshot of where it failed.
    ///
    /// # Errors
    /// What `test` fails with.
    pub async fn used<T>(self, test: impl AsyncFnOnce(&Self) -> Result<T>) -> Result<T> {
        let outcome = test(&self).await;
        if outcome.is_err() {
            // A page that cannot be photographed must not hide why the test failed.
            let _ = self.photograph("failed").await;
        }
        let closed = self.close().await;
        let value = outcome?;
        closed?;
        Ok(value)
    }

    /// Closes the window as a user does, waits until the program has ended, and ends the driver.
    async fn close(self) -> Result<()> {
        // The session ends with its last window, so neither answer tells anything.
        let _ = self.client.close_window().await;
        let began = Instant::now();
        while self.is_window && !self.driver.programs().is_empty() {
            if began.elapsed() > WAIT {
                bail!("the program did not end after its window was closed");
            }
            sleep(LOOK).await;
        }
        let _ = self.client.close().await;
        self.driver.end().await
    }

    /// The element of a test id, as soon as it is there.
    ///
    /// # Errors
    /// When it does not appear in time.
    pub async fn find(&self, id: &str) -> Result<Element> {
        self.find_within(id, WAIT).await
    }

    /// The same for what a background job brings.
    ///
    /// # Errors
    /// When it does not appear in time.
    pub async fn find_after_job(&self, id: &str) -> Result<Element> {
        self.find_within(id, JOB).await
    }

    async fn find_within(&self, id: &str, limit: Duration) -> Result<Element> {
        let selector = format!("[data-testid=\"{id}\"]");
        let wait = self.client.wait().at_most(limit).every(LOOK);
        match wait.for_element(Locator::Css(&selector)).await {
            Ok(element) => Ok(element),
            Err(error) => {
                let shown = self.look(SHOWN).await.unwrap_or_default();
                Err(error).with_context(|| format!("waiting for {id}, and the page shows {shown}"))
            }
        }
    }

    /// Clicks the element of a test id.
    ///
    /// # Errors
    /// When it does not appear or cannot be clicked.
    pub async fn click(&self, id: &str) -> Result<()> {
        self.find(id).await?;
        // React may put a new node in the place of the one just found.
        self.until(&format!("clicking {id}"), async || {
            let is_clicked = self.find(id).await?.click().await.is_ok();
            if !is_clicked {
                // It may lie below what is in sight; a person turns the wheel.
                self.show(id).await?;
            }
            Ok(is_clicked)
        })
        .await
    }

    /// Ticks the box of a test id, and sees to it that it is ticked.
    ///
    /// # Errors
    /// When it does not appear or stays unticked.
    pub async fn tick(&self, id: &str) -> Result<()> {
        let ticked = format!("return document.querySelector('[data-testid=\"{id}\"]').checked;");
        self.until(&format!("ticking {id}"), async || {
            self.click(id).await?;
            Ok(self.look(&ticked).await? == json!(true))
        })
        .await
    }

    /// Brings the element of a test id into sight.
    ///
    /// # Errors
    /// When it does not appear.
    pub async fn show(&self, id: &str) -> Result<()> {
        self.find(id).await?;
        let script = format!(
            "document.querySelector('[data-testid=\"{id}\"]').scrollIntoView({{ block: 'center' }});"
        );
        self.look(&script).await?;
        Ok(())
    }

    /// Visible text of a test id.
    ///
    /// # Errors
    /// When it does not appear.
    pub async fn text(&self, id: &str) -> Result<String> {
        Ok(self.find(id).await?.text().await?)
    }

    /// Types into the box of a test id, in place of what it holds.
    ///
    /// # Errors
    /// When it does not appear or does not take text.
    pub async fn fill(&self, id: &str, text: &str) -> Result<()> {
        let element = self.find(id).await?;
        element.clear().await?;
        element.send_keys(text).await?;
        Ok(())
    }

    /// Presses bare keys, one after the other.
    ///
    /// # Errors
    /// When the driver cannot.
    pub async fn press(&self, keys: &str) -> Result<()> {
        self.client.perform_actions(strokes(keys.chars())).await?;
        Ok(())
    }

    /// Presses bare keys with `pause` from each to the next, whether or not the page follows.
    ///
    /// # Errors
    /// When the driver cannot.
    pub async fn press_paced(&self, keys: &str, pause: Duration) -> Result<()> {
        self.client
            .perform_actions(paced(keys.chars(), pause))
            .await?;
        Ok(())
    }

    /// Presses a key while Ctrl is down.
    ///
    /// # Errors
    /// When the driver cannot.
    pub async fn press_ctrl(&self, key: char) -> Result<()> {
        self.client.perform_actions(with_ctrl(key)).await?;
        Ok(())
    }

    /// Presses a key and keeps it down.
    ///
    /// # Errors
    /// When the driver cannot.
    pub async fn hold(&self, key: char) -> Result<()> {
        self.client.perform_actions(down(key)).await?;
        Ok(())
    }

    /// Lets go of a key that was kept down.
    ///
    /// # Errors
    /// When the driver cannot.
    pub async fn let_go(&self, key: char) -> Result<()> {
        self.client.perform_actions(up(key)).await?;
        Ok(())
    }

    /// Does something in the program's other window, and comes back.
    ///
    /// # Errors
    /// When there is none, or `there` fails.
    pub async fn in_other_window(
        &self,
        there: impl AsyncFnOnce(&Self) -> Result<()>,
    ) -> Result<()> {
        let here = self.client.window().await?;
        let windows = self.client.windows().await?;
        let other = windows.into_iter().find(|window| *window != here);
        self.client
            .switch_to_window(other.context("no other window")?)
            .await?;
        let outcome = there(self).await;
        self.client.switch_to_window(here).await?;
        outcome
    }

    /// Clicks the element of a test id with the right button.
    ///
    /// # Errors
    /// When it does not appear or cannot be clicked.
    pub async fn click_right(&self, id: &str) -> Result<()> {
        let element = self.find(id).await?;
        let press = |button| PointerAction::Down { button };
        let actions = MouseActions::new("mouse".to_owned())
            // Two clicks at one place within the double-click time open no second menu.
            .then(PointerAction::Pause {
                duration: DOUBLE_CLICK,
            })
            .then(PointerAction::MoveToElement {
                element,
                duration: None,
                x: 0.0,
                y: 0.0,
            })
            .then(press(MOUSE_BUTTON_RIGHT))
            .then(PointerAction::Up {
                button: MOUSE_BUTTON_RIGHT,
            });
        self.client.perform_actions(actions).await?;
        Ok(())
    }

    /// What `script`, the body of a function, gives.
    ///
    /// # Errors
    /// When the script throws.
    pub async fn look(&self, script: &str) -> Result<Value> {
        self.client
            .execute(script, vec![])
            .await
            .with_context(|| script.to_owned())
    }

    /// What `script` hands to its last argument, a callback; the page may take its time.
    ///
    /// # Errors
    /// When the script throws.
    pub async fn later(&self, script: &str) -> Result<Value> {
        self.client
            .execute_async(script, vec![])
            .await
            .with_context(|| script.to_owned())
    }

    /// Carries out a command of the station from inside the window.
    ///
    /// # Errors
    /// When the command fails.
    pub async fn call(&self, name: &str, args: Value) -> Result<Value> {
        let script = "const done = arguments[2];
            window.__TAURI_INTERNALS__.invoke('call', { name: arguments[0], args: arguments[1] })
                .then((answer) => done({ answer }), (failure) => done({ failure }));";
        let told = self
            .client
            .execute_async(script, vec![json!(name), args])
            .await?;
        match told.get("answer") {
            Some(answer) => Ok(answer.clone()),
            None => bail!("{name}: {told}"),
        }
    }

    /// Waits until `script`, an expression, is true in the page.
    ///
    /// # Errors
    /// When that does not come in time.
    pub async fn until_true(&self, script: &str) -> Result<()> {
        let whole = format!("return Boolean({script});");
        self.until(script, async || Ok(self.look(&whole).await? == json!(true)))
            .await
    }

    /// Waits until `done` says so.
    ///
    /// # Errors
    /// When that does not come in time, or `done` fails.
    pub async fn until<F: Future<Output = Result<bool>>>(
        &self,
        what: &str,
        mut done: impl FnMut() -> F,
    ) -> Result<()> {
        let began = Instant::now();
        while !done().await? {
            if began.elapsed() > WAIT {
                bail!("{what}: not in time");
            }
            sleep(LOOK).await;
        }
        Ok(())
    }

    /// Waits until the desk has painted a photo and nothing is on its way to the disk.
    ///
    /// # Errors
    /// When that does not come in time.
    pub async fn desk_ready(&self) -> Result<()> {
        self.find_after_job("desk").await?;
        self.until_true(
            "(d => d && d.dataset.painted === 'true' && d.dataset.sending === '0')(document.querySelector('[data-testid=desk]'))",
        )
        .await
    }

    /// Submission that stands on the desk.
    ///
    /// # Errors
    /// When there is no desk.
    pub async fn on_desk(&self) -> Result<i64> {
        let number = self
            .look("return Number(document.querySelector('[data-testid=desk]').dataset.submission);")
            .await?;
        number
            .as_i64()
            .ok_or_else(|| anyhow!("no submission on the desk"))
    }

    /// Waits until what the page holds is painted: the two may differ by a frame or two.
    ///
    /// # Errors
    /// When the page does not answer.
    pub async fn settled(&self) -> Result<()> {
        self.later(
            "const done = arguments[arguments.length - 1];
             requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 100)));",
        )
        .await?;
        Ok(())
    }

    /// Gives the window this size, px.
    ///
    /// # Errors
    /// When the driver cannot.
    pub async fn resize(&self, width: u32, height: u32) -> Result<()> {
        self.client.set_window_size(width, height).await?;
        Ok(())
    }

    /// Keeps a screenshot under `target/screenshots`.
    ///
    /// # Errors
    /// When the page or the file cannot be had.
    pub async fn photograph(&self, moment: &str) -> Result<PathBuf> {
        self.settled().await?;
        let folder = workplace::screenshots()?;
        std::fs::create_dir_all(&folder)?;
        let path = folder.join(format!("{}-{moment}.png", self.name));
        std::fs::write(&path, self.client.screenshot().await?)?;
        Ok(path)
    }
}
