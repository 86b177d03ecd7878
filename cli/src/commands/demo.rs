mod journey;

use std::env;
use std::path::{Path, PathBuf};

use cloudauth_core::catalogue::Variant;
use cloudauth_core::{CheckResult, CheckResultRequest, Client, Kind, Signature, blocking, canonical_json};
use cloudauth_emulator::{Emulator, Options};

use crate::exit::{self, Failure};
use crate::folder::Folder;
use crate::output::{self, Paint};
use crate::summary;

/// Fetch one result of each product from an emulator started here, and go the whole way with one, over real sockets
#[derive(clap::Args)]
#[command(after_help = HELP)]
pub(crate) struct Args {
    /// Folder for the pictures and results [default: a fresh one for temporary files]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

const HELP: &str = concat!(
    "Needs no account and no network: the service, its keys and its people are invented.
For each product, DIR gets a folder with result.json (the canonical JSON) and the pictures; the folder journey has what a start gives,
its archive, and a report on it. All have mode 0600.

",
    exit::codes!()
);

/// One verification to fetch, and what must come of it.
struct Scene {
    variant: Variant,
    signature: Signature,
    transaction: &'static str,
    passed: bool,
    sub_code: &'static str,
    pictures: &'static [&'static str],
}

const SCENES: [Scene; 4] = [
    Scene {
        variant: Variant::EkycPro,
        signature: Signature::Acs3,
        transaction: "ekycpro200",
        passed: true,
        sub_code: "200",
        pictures: &["face.jpg", "document-01.jpg"],
    },
    Scene {
        variant: Variant::FaceLiveness,
        signature: Signature::Rpc1,
        transaction: "faceliveness233",
        passed: false,
        sub_code: "233",
        pictures: &["face.jpg"],
    },
    Scene {
        variant: Variant::IdOcr,
        signature: Signature::Acs3,
        transaction: "idocr212-hkid-png",
        passed: false,
        sub_code: "212",
        pictures: &["document-01.png"],
    },
    Scene {
        variant: Variant::FaceVerification,
        signature: Signature::Rpc1,
        transaction: "faceverification200",
        passed: true,
        sub_code: "200",
        pictures: &["face.jpg"],
    },
];

pub(crate) fn run(args: &Args) -> Result<u8, Failure> {
    let out = if let Some(path) = &args.out {
        path.clone()
    } else {
        let fresh = tempfile::Builder::new().prefix("cloudauth-demo-").tempdir();
        fresh.map_err(|error| Failure::io("temporary folder", &error))?.keep()
    };
    let emulator = Emulator::start(Options::default()).map_err(|error| Failure::io("emulator", &error))?;
    let paint = Paint::for_stdout();
    output::emit(&format!(
        "{}\nThe service is an emulator at {}; it checks every signature. The people are invented.\n",
        paint.bold("cloudauth demo: five verifications, signed, sent, decoded"),
        emulator.endpoint()
    ))?;
    for scene in &SCENES {
        play(scene, &emulator, &out, paint)?;
    }
    journey::play(&emulator, &client(&emulator, Signature::Acs3)?, &out, paint)?;
    output::emit(&format!(
        "\n{}\n{}",
        paint.good("All five results match what the emulator was told to send."),
        next_steps(&out, paint)
    ))?;
    Ok(exit::DONE)
}

/// Where things are, and what to try now. The keys are the emulator's own, invented.
fn next_steps(out: &Path, paint: Paint) -> String {
    let Options { access_key_id, access_key_secret, .. } = Options::default();
    let cloudauth = this_command();
    format!(
        "Everything is in {}, readable by you alone.

{}
  Run the same service for your own programs; open it in a browser:
    {cloudauth} emulator --listen 127.0.0.1:8080
  In another terminal, fetch a result from it:
    export ALIBABA_CLOUD_ACCESS_KEY_ID={access_key_id} ALIBABA_CLOUD_ACCESS_KEY_SECRET={access_key_secret}
    {cloudauth} check ekycpro200 --biz demo --endpoint http://127.0.0.1:8080
",
        out.display(),
        paint.bold("Next")
    )
}

/// How a shell in this folder runs this program: by its path, or by its name where the `PATH` leads to it. In the Python
/// package the program is Python, which a script of that name runs.
fn this_command() -> String {
    const NAME: &str = "cloudauth";
    let program = env::current_exe().ok().filter(|program| program.ends_with(NAME));
    let folders = env::var_os("PATH").unwrap_or_default();
    let on_path = env::split_paths(&folders).find_map(|folder| folder.join(NAME).canonicalize().ok());
    match program {
        Some(program) if on_path.as_ref() != Some(&program) => {
            let here = env::current_dir().unwrap_or_default();
            let path = program.strip_prefix(here).unwrap_or(&program).display().to_string();
            shlex::try_quote(&path).map_or(path.clone(), Into::into)
        }
        _ => NAME.to_owned(),
    }
}

fn client(emulator: &Emulator, signature: Signature) -> Result<blocking::Client, Failure> {
    let builder = Client::builder().endpoint(emulator.endpoint()).signature(signature);
    Ok(builder.access_key(emulator.access_key_id(), emulator.access_key_secret(), None).build_blocking()?)
}

/// Fetches one result, files it, shows it, and fails where it is not the one that was due.
fn play(scene: &Scene, emulator: &Emulator, out: &Path, paint: Paint) -> Result<(), Failure> {
    let client = client(emulator, scene.signature)?;
    let result = client.check_result(&CheckResultRequest::new("demo", scene.transaction).return_image(true))?;

    let folder = Folder::open(&out.join(scene.variant.name().to_lowercase()))?;
    let mut files = folder.put_images(&result)?;
    expect_scene(scene, &result, &files)?;
    files.push(folder.put("result.json", canonical_json(&result)?.as_bytes())?);

    let rows = {
        let mut rows = output::Rows::default();
        rows.push("request", accepted(scene, emulator)?);
        rows.append(summary::rows(&result, paint));
        rows.push_lines("files", files.iter().map(|path| path.display().to_string()));
        rows
    };
    let heading = format!("{}  {}", scene.variant.product_code(), scene.transaction);
    output::emit(&format!("\n{}\n{}", paint.bold(&heading), rows.render("  ")))
}

/// What the other side says of the request that it has just answered.
fn accepted(scene: &Scene, emulator: &Emulator) -> Result<String, Failure> {
    let calls = emulator.calls();
    match calls.last() {
        Some(call) if call.signature == scene.signature.algorithm() && call.http_status == 200 => {
            Ok(format!("{} signed with {}, verified: HTTP {}", call.action, call.signature, call.http_status))
        }
        _ => Err(wrong(scene, "the request did not arrive as it was sent")),
    }
}

fn expect_scene(scene: &Scene, result: &CheckResult, files: &[PathBuf]) -> Result<(), Failure> {
    let names: Vec<_> = files.iter().filter_map(|path| path.file_name()?.to_str()).collect();
    if result.passed != Some(scene.passed) || result.sub_code.as_deref() != Some(scene.sub_code) {
        Err(wrong(scene, "the verdict is another than was due"))
    } else if names != scene.pictures {
        Err(wrong(scene, "the pictures are others than were due"))
    } else if !result.problems.is_empty() {
        Err(wrong(scene, "a value could not be decoded"))
    } else {
        Ok(())
    }
}

/// The emulator is this project's own: what differs here is a bug.
fn wrong(scene: &Scene, what: &str) -> Failure {
    Failure::new(Kind::Internal, format!("demo: {}: {what}", scene.transaction))
}
