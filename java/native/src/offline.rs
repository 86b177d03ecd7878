//! What needs no server.

use std::path::PathBuf;

use cloudauth_core::evidence::{self, ArchiveReport};
use cloudauth_core::result::ImageFormat;
use jni::objects::{JByteArray, JClass};
use jni::sys::jobjectArray;
use jni::{EnvUnowned, jni_mangle};

use crate::entry;
use crate::outcome::message;
use crate::wire::Reader;

/// Decodes a stored reply's body.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn decode<'a>(env: EnvUnowned<'a>, _class: JClass<'a>, body: JByteArray<'a>) -> jobjectArray {
    entry::run(env, |env| {
        let body = entry::bytes(env, &body)?;
        Ok(message(cloudauth_core::decode(&body)))
    })
}

/// Reads a stored result.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn from_json<'a>(env: EnvUnowned<'a>, _class: JClass<'a>, json: JByteArray<'a>) -> jobjectArray {
    entry::run(env, |env| {
        let json = entry::bytes(env, &json)?;
        Ok(message(cloudauth_core::from_json(&json)))
    })
}

/// Writes a stored result's pictures into a folder.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn save_images<'a>(env: EnvUnowned<'a>, _class: JClass<'a>, json: JByteArray<'a>, folder: JByteArray<'a>) -> jobjectArray {
    entry::run(env, |env| {
        let folder = Reader(&entry::bytes(env, &folder)?).text()?;
        let written = cloudauth_core::from_json(&entry::bytes(env, &json)?).and_then(|result| result.save_images(folder));
        let paths = |paths: Vec<PathBuf>| paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>();
        Ok(message(written.map(paths)))
    })
}

/// Whether an archive's folder holds what its manifest says.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn verify_archive<'a>(env: EnvUnowned<'a>, _class: JClass<'a>, folder: JByteArray<'a>) -> jobjectArray {
    entry::run(env, |env| {
        let folder = Reader(&entry::bytes(env, &folder)?).text()?;
        let found = |found: ArchiveReport| {
            let problems: Vec<_> = found.problems.iter().map(|one| (one.file.clone(), one.problem.name())).collect();
            (found.is_complete(), (found.manifest_sha256, problems))
        };
        Ok(message(evidence::verify_archive(folder).map(found)))
    })
}

/// What a picture's first bytes say it is: its format, and the ending of its file's name.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn image_format<'a>(env: EnvUnowned<'a>, _class: JClass<'a>, picture: JByteArray<'a>) -> jobjectArray {
    entry::run(env, |env| {
        let format = ImageFormat::of(&entry::bytes(env, &picture)?);
        Ok(message(Ok((format.name(), format.extension()))))
    })
}

/// From a verdict, a `SubCode`, a score and a threshold to what to do.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn decide<'a>(env: EnvUnowned<'a>, _class: JClass<'a>, encoded: JByteArray<'a>) -> jobjectArray {
    entry::run(env, |env| {
        let encoded = entry::bytes(env, &encoded)?;
        let mut given = Reader(&encoded);
        let (passed, sub_code) = (given.optional(Reader::flag)?, given.optional_text()?);
        let (score, least) = (given.optional(Reader::double)?, given.optional(Reader::double)?);
        Ok(message(cloudauth_core::decide(passed, sub_code.as_deref(), score, least)))
    })
}
