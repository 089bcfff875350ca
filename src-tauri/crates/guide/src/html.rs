//! Pages of the guide in HTML: whole in themselves, without scripts, fit to be printed.
//!
//! What stands in `<main>` is what the help screen shows too; it holds headings, paragraphs, lists, tables,
//! emphasis, code, links to other pages and figures, and nothing else. Raw HTML is refused.

use anyhow::{Result, bail};
use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::page::Page;
use crate::{SIZES, TONES, picture, pictured, variants, zh};

const STYLE: &str = include_str!("style.css");

/// A section of a page, for the contents.
struct Section {
    id: String,
    title: String,
}

/// A page turned into HTML.
struct Body {
    html: String,
    sections: Vec<Section>,
}

/// Every file of the guide, by name: one page for each of Markdown, and the contents.
///
/// # Errors
/// A page holds something that no page may hold; the error names the page.
pub fn files(pages: &[Page]) -> Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    let mut bodies = Vec::new();
    for (place, page) in pages.iter().enumerate() {
        let body = body(page, pages)?;
        let before = place.checked_sub(1).and_then(|at| pages.get(at));
        let main = format!(
            "<main>\n{}</main>\n{}",
            body.html,
            ways(before, pages.get(place + 1))
        );
        files.push((
            format!("{}.html", page.name),
            document(&format!("{} · {}", page.title, zh::GUIDE), &main),
        ));
        bodies.push(body);
    }
    files.push(("index.html".to_owned(), contents(pages, &bodies)));
    Ok(files)
}

/// The page of contents.
fn contents(pages: &[Page], bodies: &[Body]) -> String {
    let mut list = String::new();
    for (page, body) in pages.iter().zip(bodies) {
        let name = &page.name;
        list += &format!(
            "<li><a href=\"{name}.html\">{}</a>\n<ul>\n",
            escaped(&page.title)
        );
        for Section { id, title } in &body.sections {
            list += &format!(
                "<li><a href=\"{name}.html#{id}\">{}</a></li>\n",
                escaped(title)
            );
        }
        list += "</ul></li>\n";
    }
    let (guide, about, heading) = (zh::GUIDE, zh::ABOUT, zh::CONTENTS);
    document(
        guide,
        &format!(
            "<main class=\"contents\">\n<h1>{guide}</h1>\n<p>{about}</p>\n<h2>{heading}</h2>\n<ol>\n{list}</ol>\n</main>\n"
        ),
    )
}

/// The ways to the page before, the contents and the page after.
fn ways(before: Option<&Page>, after: Option<&Page>) -> String {
    let way = |page: Option<&Page>, rel: &str, word: &str| {
        page.map_or_else(
            || "<span></span>\n".to_owned(),
            |page| {
                format!(
                    "<a rel=\"{rel}\" href=\"{}.html\">{word}：{}</a>\n",
                    page.name,
                    escaped(&page.title)
                )
            },
        )
    };
    format!(
        "<nav aria-label=\"{}\">\n{}<a href=\"index.html\">{}</a>\n{}</nav>\n",
        zh::WAYS,
        way(before, "prev", zh::BEFORE),
        zh::CONTENTS,
        way(after, "next", zh::AFTER)
    )
}

/// A whole document.
fn document(title: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n{body}</body>\n</html>\n",
        escaped(title),
        STYLE.replace("\r\n", "\n")
    )
}

/// What stands in `<main>` of a page.
fn body(page: &Page, pages: &[Page]) -> Result<Body> {
    let mut writer = Writer {
        page,
        pages,
        events: Vec::new(),
        sections: Vec::new(),
    };
    let mut source = Parser::new_ext(&page.markdown, Options::ENABLE_TABLES);
    while let Some(event) = source.next() {
        writer.take(event, &mut source)?;
    }
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, writer.events.into_iter());
    Ok(Body {
        html,
        sections: writer.sections,
    })
}

/// Looks at every event of the Markdown and passes on what may be passed on.
struct Writer<'a> {
    page: &'a Page,
    pages: &'a [Page],
    events: Vec<Event<'a>>,
    sections: Vec<Section>,
}

impl<'a> Writer<'a> {
    fn take(&mut self, event: Event<'a>, rest: &mut Parser<'a>) -> Result<()> {
        match event {
            Event::Html(text) | Event::InlineHtml(text) => self.refuse("raw HTML", &text),
            Event::Start(Tag::Image { dest_url, .. }) => self.picture(&dest_url, rest),
            Event::Start(Tag::Link { dest_url, .. }) => self.link(&dest_url),
            Event::Start(Tag::Heading {
                level: HeadingLevel::H2,
                ..
            }) => self.section(rest),
            // Chinese has no spaces between words: the end of a line of source is not one.
            Event::SoftBreak => Ok(()),
            allowed => {
                self.events.push(allowed);
                Ok(())
            }
        }
    }

    /// A figure in place of a paragraph that holds nothing but a picture.
    fn picture(&mut self, screen: &str, rest: &mut Parser<'a>) -> Result<()> {
        let alone = matches!(self.events.pop(), Some(Event::Start(Tag::Paragraph)));
        let words = text_until(rest, &|end| *end == TagEnd::Image);
        let ends = matches!(rest.next(), Some(Event::End(TagEnd::Paragraph)));
        if !alone || !ends {
            return self.refuse("a picture that does not stand alone", screen);
        }
        if words.is_empty() || !pictured().any(|(known, _)| known == screen) {
            return self.refuse("a picture of no known screen, or without words", screen);
        }
        self.events.push(Event::Html(figure(screen, &words).into()));
        Ok(())
    }

    /// A way to another page; there is nowhere else to go.
    fn link(&mut self, target: &str) -> Result<()> {
        let name = target.strip_suffix(".md").unwrap_or_default();
        if !self.pages.iter().any(|page| page.name == name) {
            return self.refuse("a link to no page of the guide", target);
        }
        self.events.push(Event::Start(Tag::Link {
            link_type: pulldown_cmark::LinkType::Inline,
            dest_url: format!("{name}.html").into(),
            title: CowStr::Borrowed(""),
            id: CowStr::Borrowed(""),
        }));
        Ok(())
    }

    /// A heading of a section, with an address.
    fn section(&mut self, rest: &mut Parser<'a>) -> Result<()> {
        let title = text_until(rest, &|end| matches!(end, TagEnd::Heading(_)));
        let id = format!("s{}", self.sections.len() + 1);
        let heading = format!("<h2 id=\"{id}\">{}</h2>\n", escaped(&title));
        self.events.push(Event::Html(heading.into()));
        self.sections.push(Section { id, title });
        Ok(())
    }

    fn refuse(&self, what: &str, text: &str) -> Result<()> {
        bail!("{}.md holds {what}: {}", self.page.name, text.trim())
    }
}

/// The plain text up to an end.
fn text_until(rest: &mut Parser<'_>, is_end: &dyn Fn(&TagEnd) -> bool) -> String {
    let mut words = String::new();
    for event in rest {
        match event {
            Event::End(end) if is_end(&end) => break,
            Event::Text(text) | Event::Code(text) => words += &text,
            _ => {}
        }
    }
    words
}

/// The picture of a screen, with the other tones and sizes one click away.
fn figure(screen: &str, words: &str) -> String {
    let address = |tone, size| format!("../pictures/{}.webp", picture(screen, tone, size));
    let (width, height) = SIZES[0];
    let others: Vec<String> = variants()
        .skip(1)
        .map(|(tone, size)| {
            format!(
                "<a href=\"{}\">{} {}×{}</a>",
                address(tone, size),
                zh::tone(tone),
                size.0,
                size.1
            )
        })
        .collect();
    format!(
        "<figure data-screen=\"{screen}\">\n<img src=\"{}\" width=\"{width}\" height=\"{height}\" alt=\"{words}\">\n\
         <figcaption>{words} <span>{}</span></figcaption>\n</figure>\n",
        address(TONES[0], SIZES[0]),
        others.join(" "),
        words = escaped(words),
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What becomes of a page with this text, besides one called `02-b`.
    fn made(text: &str) -> Result<String> {
        let pages = [
            Page::new("01-a", &format!("# 甲\n\n{text}\n"))?,
            Page::new("02-b", "# 乙\n")?,
        ];
        Ok(files(&pages)?.swap_remove(0).1)
    }

    #[test]
    fn what_no_page_may_hold_is_refused() {
        for text in [
            "<script>alert(1)</script>",
            "字<b>粗</b>",
            "![说明](nowhere)",
            "![](desk)",
            "字 ![说明](desk)",
            "![说明](desk) 字",
            "[网](https://example.org)",
            "[页](03-c.md)",
            "[字](javascript:alert)",
        ] {
            let told = made(text).map(|_| ()).map_err(|error| error.to_string());
            assert!(
                told.as_ref().is_err_and(|told| told.starts_with("01-a.md")),
                "{text}: {told:?}"
            );
        }
    }

    #[test]
    fn a_page_has_its_figure_its_sections_and_its_ways() -> Result<()> {
        let html =
            made("![审核<台>](desk)\n\n## 一节 `F`\n\n看[乙](02-b.md)。\n\n| 甲 |\n|---|\n| 1 |")?;
        for part in [
            "<figure data-screen=\"desk\">",
            "src=\"../pictures/desk-light-1366x768.webp\" width=\"1366\"",
            "alt=\"审核&lt;台&gt;\"",
            "<a href=\"../pictures/desk-dark-1920x1080.webp\">深色 1920×1080</a>",
            "<h2 id=\"s1\">一节 F</h2>",
            "看<a href=\"02-b.html\">乙</a>。",
            "<td>1</td>",
            "<a rel=\"next\" href=\"02-b.html\">下一页：乙</a>",
        ] {
            assert!(html.contains(part), "{part} is not in {html}");
        }
        assert!(!html.contains("<script") && !html.contains("rel=\"prev\""));
        Ok(())
    }

    #[test]
    fn the_contents_lead_to_every_section() -> Result<()> {
        let pages = [Page::new("01-a", "# 甲\n\n## 一\n\n## 二\n")?];
        let files = files(&pages)?;
        let (name, contents) = files.last().expect("the contents");
        assert_eq!(name, "index.html");
        assert!(contents.contains("<a href=\"01-a.html#s2\">二</a>"));
        Ok(())
    }
}
