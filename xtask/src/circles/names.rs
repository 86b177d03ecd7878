//! A crate's files, and which of them takes which name from which.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::source::{Import, Source};

/// A module, by the names that lead to it from the crate's root.
type Module = Vec<String>;

pub(super) struct Crate {
    pub(super) modules: BTreeMap<Module, (PathBuf, Source)>,
}

/// How often a name may be handed on.
const MAX_STEPS: usize = 8;

impl Crate {
    /// Reads the crate whose sources lie in `folder`.
    pub(super) fn read(folder: &Path) -> Result<Self, String> {
        let mut found = Self { modules: BTreeMap::new() };
        let library = folder.join("lib.rs");
        found.add(folder, Module::new(), &if library.exists() { library } else { folder.join("main.rs") })?;
        Ok(found)
    }

    fn add(&mut self, folder: &Path, module: Module, path: &Path) -> Result<(), String> {
        let source = Source::read(path)?;
        for child in &source.children {
            let inner: Module = module.iter().chain([child]).cloned().collect();
            let base = folder.join(inner.join("/"));
            let flat = base.with_extension("rs");
            self.add(folder, inner, &if flat.exists() { flat } else { base.join("mod.rs") })?;
        }
        let name = path.strip_prefix(folder).unwrap_or(path).to_owned();
        self.modules.insert(module, (name, source));
        Ok(())
    }

    /// Who takes a name from whom. What a file only hands on is taken by those who use it.
    pub(super) fn edges(&self) -> BTreeSet<(String, String, String)> {
        let mut edges = BTreeSet::new();
        for (module, (file, source)) in &self.modules {
            let private = source.imports.iter().filter(|import| !import.public && import.name != "*").map(|import| &import.path);
            for path in source.paths.iter().chain(private) {
                let Some((origin, name)) = self.origin(module, path, MAX_STEPS) else { continue };
                if &origin != module && !name.is_empty() {
                    let other = &self.modules[&origin].0;
                    edges.insert((file.display().to_string(), other.display().to_string(), name));
                }
            }
        }
        edges
    }

    /// The module that defines what `path`, written in `module`, leads to, and its name there; no name where it is a module.
    fn origin(&self, module: &Module, path: &[String], steps: usize) -> Option<(Module, String)> {
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" => self.walk(Module::new(), rest, steps),
            "self" => self.walk(module.clone(), rest, steps),
            "super" => self.walk(module[..module.len().checked_sub(1)?].to_vec(), rest, steps),
            _ => {
                let source = &self.modules[module].1;
                let known = source.children.contains(first) || source.imports.iter().any(|import| &import.name == first);
                if known && !source.defined.contains(first) { self.walk(module.clone(), path, steps) } else { None }
            }
        }
    }

    /// Down from `module` by the names of `rest`.
    fn walk(&self, module: Module, rest: &[String], steps: usize) -> Option<(Module, String)> {
        let Some((first, further)) = rest.split_first() else { return Some((module, String::new())) };
        if first == "super" {
            return self.walk(module[..module.len().checked_sub(1)?].to_vec(), further, steps);
        }
        let source = &self.modules.get(&module)?.1;
        if source.children.contains(first) {
            let child = module.into_iter().chain([first.clone()]).collect();
            return self.walk(child, further, steps);
        }
        if source.defined.contains(first) || steps == 0 {
            return Some((module, first.clone()));
        }
        let named = source.imports.iter().find(|import| &import.name == first);
        let globs = source.imports.iter().filter(|import| import.name == "*" && import.public);
        let onward = |import: &Import| {
            let path: Vec<String> = import.path.iter().chain(if import.name == "*" { rest } else { further }).cloned().collect();
            self.origin(&module, &path, steps - 1)
        };
        match named {
            Some(import) => onward(import),
            None => globs.filter_map(onward).find(|(origin, name)| self.modules[origin].1.defined.contains(name)),
        }
    }
}
