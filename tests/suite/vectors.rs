//! Every vector holds in Rust, with its keys in any order, and the folder keeps its size.

use sam_conformance::calls::read;
use sam_conformance::{run, vectors};

#[test]
fn every_vector_holds() {
    let all = vectors::load().unwrap();
    let wrong: Vec<String> = all.iter().filter_map(|vector| vector.check().err()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(all.len() >= 890, "{} vectors", all.len());
}

#[test]
fn the_order_of_keys_never_matters() {
    for vector in vectors::load().unwrap() {
        let plain = run(&vector.call, &vector.input).unwrap();
        for seed in [1, 2, 3] {
            let shuffled = run(&vector.call, &vector.shuffled(seed)).unwrap();
            assert_eq!(shuffled, plain, "{}", vector.id);
        }
    }
}

#[test]
fn outputs_are_canonical() {
    for vector in vectors::load().unwrap() {
        let output = run(&vector.call, &vector.input).unwrap();
        assert_eq!(read(&output).unwrap().to_canonical(), output, "{}", vector.id);
    }
}

/// Every finding code of the engine is met by a vector.
#[test]
fn every_finding_code_is_met() {
    let mut outputs = String::new();
    for vector in vectors::load().unwrap() {
        outputs.push_str(&run(&vector.call, &vector.input).unwrap());
    }
    // A text of 16 MiB and a table of a million rows are no vectors; the suites of documents and tables make them.
    let elsewhere = |code: &&str| matches!(*code, "limit.bytes" | "limit.rows");
    let codes = sam_eurometropole::finding::Code::ALL.iter().map(|code| code.as_str()).filter(|code| !elsewhere(code));
    let unmet: Vec<&str> = codes.filter(|code| !outputs.contains(&format!("\"{code}\""))).collect();
    assert_eq!(unmet, Vec::<&str>::new());
}
