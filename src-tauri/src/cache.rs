//! The page's own cache of what it has fetched, which a review needs none of: photos come from the vault at once, those
//! ahead are kept by the desk, and a face is not to lie about in memory longer than it is looked at.

use tauri::{Runtime, WebviewWindow};

/// Tells the web engine to keep nothing back.
///
/// Of the engines only that of Linux keeps what it was told not to store, a photo's bytes for as long as it has room;
/// there all windows share one setting.
#[cfg(target_os = "linux")]
pub(crate) fn forgo<R: Runtime>(window: &WebviewWindow<R>) -> tauri::Result<()> {
    use webkit2gtk::{CacheModel, WebContextExt, WebViewExt};

    window.with_webview(|view| {
        if let Some(context) = view.inner().context() {
            context.set_cache_model(CacheModel::DocumentViewer);
        }
    })
}

/// The engines of Windows and macOS keep nothing that is marked `no-store`.
#[cfg(not(target_os = "linux"))]
pub(crate) fn forgo<R: Runtime>(_window: &WebviewWindow<R>) -> tauri::Result<()> {
    Ok(())
}
