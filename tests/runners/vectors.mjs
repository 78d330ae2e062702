// The runner that Node and the browser share: every vector and every generated case by the browser package.
//
// In come the texts of the two files that `xtask/src/runners.rs` describes, the function that makes a call, and the runner's name; out
// come the results and what is wrong. Nothing here knows where it runs.

/** Runs all lines that the runner takes. */
export async function runVectors({ vectors, inputs, run, runner, takes = () => true }) {
  const results = {};
  const wrong = [];
  for (const line of lines(vectors).filter(takes)) {
    if (line.skip?.[runner]) {
      results[line.id] = "skipped";
      continue;
    }
    const output = call(run, line);
    results[line.id] = await sha256(output);
    if (output !== line.expect) {
      wrong.push(`${line.id}\n  expected ${line.expect}\n  got      ${output}`);
    }
  }
  // The hash of hashes: all outputs together are longer than a text may be.
  const hashes = [];
  for (const line of lines(inputs)) {
    hashes.push(`${await sha256(call(run, line))}\n`);
  }
  results.generated = await sha256(hashes.join(""));
  return { results, wrong };
}

/** What a person reads at the end. */
export function summary({ results, wrong }) {
  return [...wrong.slice(0, 20), `${Object.keys(results).length - 1} vectors, ${wrong.length} wrong`].join("\n");
}

function call(run, line) {
  try {
    return run(line.call, line.input);
  } catch (error) {
    return `thrown: ${error}`;
  }
}

function lines(text) {
  return text.split("\n").filter((line) => line.trim() !== "").map((line) => JSON.parse(line));
}

async function sha256(text) {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
