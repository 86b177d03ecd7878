//! Every link in the Markdown files leads somewhere.

mod document;

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use crate::tree;
use document::{Document, Link};

/// Checks relative links and anchors against the files; of web links only the form.
pub(crate) fn run() -> Result<String, String> {
    let root = tree::root();
    let mut documents = BTreeMap::new();
    for path in tree::files(&["md"])? {
        let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        documents.insert(path, Document::parse(&text));
    }
    let mut broken = Vec::new();
    let mut count = 0;
    for (path, document) in &documents {
        for link in &document.links {
            count += 1;
            if let Err(why) = follow(root, path, link, &documents) {
                let file = path.strip_prefix(root).unwrap_or(path).display();
                broken.push(format!("{file}:{}: {}: {why}", link.line, link.target));
            }
        }
    }
    if broken.is_empty() {
        Ok(format!("{count} links in {} files hold", documents.len()))
    } else {
        Err(format!("broken links\n{}", broken.join("\n")))
    }
}

fn follow(root: &Path, from: &Path, link: &Link, documents: &BTreeMap<PathBuf, Document>) -> Result<(), String> {
    let target = link.target.as_str();
    if let Some((scheme, rest)) = target.split_once(':') {
        return web(scheme, rest);
    }
    let (file, anchor) = match target.split_once('#') {
        Some((file, anchor)) => (file, Some(anchor)),
        None => (target, None),
    };
    let path = if file.is_empty() {
        from.to_owned()
    } else {
        let folder = from.parent().unwrap_or(root);
        normal(&folder.join(file)).ok_or("leads out of the repository")?
    };
    if !path.starts_with(root) {
        return Err("leads out of the repository".to_owned());
    }
    if !file.is_empty() && !path.exists() {
        return Err("no such file".to_owned());
    }
    match (anchor, documents.get(&path)) {
        (Some(anchor), Some(document)) if !document.anchors.contains(anchor) => Err("no such heading".to_owned()),
        (Some(_), None) => Err("anchors are for Markdown files only".to_owned()),
        _ => Ok(()),
    }
}

fn web(scheme: &str, rest: &str) -> Result<(), String> {
    match scheme {
        "mailto" if rest.contains('@') => Ok(()),
        "http" | "https" => {
            let host = rest.strip_prefix("//").and_then(|rest| rest.split(['/', '?', '#']).next());
            match host {
                Some(host) if !host.is_empty() && !rest.contains(char::is_whitespace) => Ok(()),
                _ => Err("not a web address".to_owned()),
            }
        }
        _ => Err("only http, https and mailto lead out".to_owned()),
    }
}

/// Without `.` and `..`; `None` if the path climbs above its own start.
fn normal(path: &Path) -> Option<PathBuf> {
    let mut clean = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                if !clean.pop() {
                    return None;
                }
            }
            other => clean.push(other),
        }
    }
    Some(clean)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::document::{Document, Link};
    use super::follow;
    use crate::tree;

    fn verdict(target: &str) -> Result<(), String> {
        let root = tree::root();
        let from = root.join("xtask/README.md");
        let here = Document::parse("# Two words\n");
        let documents = BTreeMap::from([(from.clone(), here)]);
        let link = Link { line: 1, target: target.to_owned() };
        follow(root, &from, &link, &documents)
    }

    #[test]
    fn links_are_followed() {
        for target in
            ["#two-words", "Cargo.toml", "./src/../Cargo.toml", "../core", "https://example.com/a#b", "mailto:a@example.com"]
        {
            assert_eq!(verdict(target), Ok(()), "{target}");
        }
    }

    #[test]
    fn broken_links_are_told_apart() {
        for (target, why) in [
            ("#three-words", "no such heading"),
            ("odd.toml", "no such file"),
            ("../../odd.md", "leads out of the repository"),
            ("Cargo.toml#x", "anchors are for Markdown files only"),
            ("https:///a", "not a web address"),
            ("https:example", "not a web address"),
            ("file:///etc", "only http, https and mailto lead out"),
        ] {
            assert_eq!(verdict(target), Err(why.to_owned()), "{target}");
        }
    }
}
