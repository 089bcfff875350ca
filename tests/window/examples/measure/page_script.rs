//! What runs inside the page to take the times where they arise.

/// Notes for every F the milliseconds from the key's own time stamp until after the frame with another photo.
pub(crate) const WATCH_KEYS: &str = "
    const shown = () => document.querySelector('[data-testid=desk-photo]')?.dataset.sha ?? '';
    let last = shown();
    window.measuredKeys = [];
    window.handledKeys = [];
    // Posted inside the key's own event, a message is delivered when all that hears the key is done.
    const after = (then) => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => { channel.port1.close(); then(); };
        channel.port2.postMessage(null);
    };
    window.addEventListener('keydown', (event) => {
        if (event.code !== 'KeyF') return;
        const pressed = event.timeStamp;
        const entered = performance.now();
        after(() => window.handledKeys.push(performance.now() - entered));
        const look = () => {
            const now = shown();
            if (now === '' || now === last) {
                if (performance.now() - pressed < 2000) requestAnimationFrame(look);
                return;
            }
            last = now;
            // A message posted inside a frame is delivered after that frame's paint.
            after(() => window.measuredKeys.push(performance.now() - pressed));
        };
        requestAnimationFrame(look);
    }, true);";

/// Milliseconds from going to the desk for the first time until the first photo that waits is painted.
pub(crate) const OPEN_DESK: &str = "
    const done = arguments[arguments.length - 1];
    const began = performance.now();
    document.querySelector('[data-testid=nav-desk]').click();
    const look = () => {
        const desk = document.querySelector('[data-testid=desk]');
        if (desk?.dataset.painted === 'true') done(performance.now() - began);
        else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);";

/// Milliseconds from choosing the queue WORD until its first photo is painted.
pub(crate) const OPEN_QUEUE: &str = "
    const done = arguments[arguments.length - 1];
    const button = document.querySelector(`[data-testid='queue-${WORD}']`);
    const began = performance.now();
    button.click();
    const look = () => {
        const desk = document.querySelector('[data-testid=desk]');
        const open = button.isConnected ? button : document.querySelector(`[data-testid='queue-${WORD}']`);
        if (open.getAttribute('aria-current') === 'true' && desk?.dataset.painted === 'true') done(performance.now() - began);
        else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);";

/// Milliseconds from typing WORD into the search of the roster until other rows are painted.
pub(crate) const SEARCH: &str = "
    const done = arguments[arguments.length - 1];
    const box = document.querySelector('[data-testid=students-search]');
    const total = () => document.querySelector('[data-testid=students-total]').textContent;
    const before = total();
    const put = (text) => {
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(box, text);
        box.dispatchEvent(new Event('input', { bubbles: true }));
    };
    const until = (other, then) => {
        const look = () => (other() ? then() : requestAnimationFrame(look));
        requestAnimationFrame(look);
    };
    const began = performance.now();
    put(WORD);
    until(() => total() !== before, () => {
        const took = performance.now() - began;
        put('');
        until(() => total() === before, () => done(took));
    });";

/// Milliseconds between frames while the grid is turned page by page with the wheel.
pub(crate) const TURN_GRID: &str = "
    const done = arguments[arguments.length - 1];
    const grid = document.querySelector('[data-testid=grid]');
    const between = [];
    const started = performance.now();
    let last = null, turned = 0;
    const frame = (now) => {
        if (last !== null) between.push(now - last);
        last = now;
        if (now - started > 5000) return done(between);
        if (now - turned >= 250) {
            turned = now;
            grid.dispatchEvent(new WheelEvent('wheel', { deltaY: 120, bubbles: true }));
        }
        requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);";

/// Milliseconds between frames while the grid is dragged by its bar through the whole queue.
pub(crate) const DRAG_GRID: &str = "
    const done = arguments[arguments.length - 1];
    const grid = document.querySelector('[data-testid=grid]');
    const between = [];
    const started = performance.now();
    let last = null;
    const frame = (now) => {
        if (last !== null) between.push(now - last);
        last = now;
        const passed = (now - started) / 5000;
        if (passed > 1) return done(between);
        grid.scrollTop = passed * (grid.scrollHeight - grid.clientHeight);
        requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);";

/// How many photos of the opened queue lie behind the one on the desk.
pub(crate) const DECIDED: &str = "
    const text = document.querySelector('[data-testid=desk-position]').textContent;
    return Number(text.split('/')[0].replace(/[^0-9]/g, '')) - 1;";
