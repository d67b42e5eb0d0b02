//! The interface against its description: Schemathesis asks what the description allows and what it forbids. Needs Python;
//! without it this says so and passes, except where everything has to be tested (CI=true).
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod served;

use served::Server;
use std::path::Path;
use std::process::Command;

/// The release whose checks the interface passes; another may know more.
const SCHEMATHESIS: &str = "schemathesis==4.32.5";

#[test]
fn the_interface_keeps_to_its_description() {
    let tools = Path::new(env!("CARGO_TARGET_TMPDIR")).join("schemathesis");
    let program = tools.join("bin/schemathesis");
    let make = || {
        let made = Command::new("python3").args(["-m", "venv"]).arg(&tools).output();
        let is_made = made.is_ok_and(|output| output.status.success());
        let install = || Command::new(tools.join("bin/pip")).args(["install", "--quiet", SCHEMATHESIS]).output();
        is_made && install().is_ok_and(|output| output.status.success())
    };
    if !program.exists() && !make() {
        assert!(std::env::var_os("CI").is_none(), "{SCHEMATHESIS} could not be installed");
        eprintln!("skipped: {SCHEMATHESIS} needs python3 with venv, and the network once");
        return;
    }
    let server = Server::over("contract", &[(include_str!("../../../examples/bassin.txt"), "2025-03-10")], &[]);
    let base = format!("http://{}", server.address);
    let run = Command::new(&program)
        .args(["run", &format!("{base}/api/v1/openapi.json"), "--url", &base])
        .args(["--max-examples", "20", "--generation-deterministic", "--continue-on-failure"])
        .current_dir(&tools)
        .env("PYTHONIOENCODING", "utf-8")
        .output()
        .unwrap();
    let told = format!("{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert!(run.status.success(), "{told}");
}
