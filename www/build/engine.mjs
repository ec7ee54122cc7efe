/**
 * The engine as the page loads it, as two modules, each with what is called of it and nothing else. A start has what
 * every visit needs; the whole is fetched by those who look further. Trunk has the whole compiled; a start is compiled
 * here, without the feature `whole`. While one works on the page the whole serves as both, which is quicker.
 */
import { execFile } from 'node:child_process';
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import * as esbuild from 'esbuild';

const run = promisify(execFile);

/** By what the page imports it as: what of the glue is in it, and the page's doors to it, whose methods stay. */
const ENGINES = [
  { specifier: 'chalkgrad-engine', name: 'engine', entry: 'build/glue.ts', doors: ['engine.ts'], isStart: true },
  { specifier: 'chalkgrad-engine/whole', name: 'whole', entry: 'build/whole.ts', doors: ['engine.ts', 'inside.ts', 'prospects.ts'] },
];

const wasmOpt = resolve(import.meta.dirname, '../../node_modules/binaryen/bin/wasm-opt');

/**
 * What wasm-opt does beyond Trunk's own call of it, found by trial for the size after gzip. Common expressions and
 * functions stay apart: one that is there twice costs nothing. Addresses below 1024 are the far end of the stack. The
 * alignment of an access is only a hint, so all may have the same.
 */
const smallest = [
  '--skip-pass=local-cse',
  '--always-inline-max-function-size=0',
  '--one-caller-inline-max-function-size=0',
  '--low-memory-unused',
  '--generate-global-effects',
  '--flatten',
  '--rereloop',
  '-Oz',
  '--generate-global-effects',
  '--flatten',
  '--rereloop',
  '-Oz',
  '-Oz',
  '--dealign',
  '--strip-producers',
  '--strip-target-features',
  // Last, since it says on standard output what is called how.
  '--minify-imports-and-exports-and-modules',
];

/**
 * Makes the engines; the whole as it was compiled lies in the folder `whole`. `rename` gives a file in `staging` a name
 * with its content's hash. Returns each one's specifier, the source of the module that is imported by it, and the
 * address of its WebAssembly.
 */
export function makeEngines({ source, whole, staging, release, rename }) {
  return Promise.all(ENGINES.map(async ({ specifier, name, entry, doors, isStart }) => {
    const compiled = isStart && release ? await compileStart(source, join(staging, 'start')) : whole;
    const file = join(staging, `${name}.wasm`);
    cpSync(join(compiled, 'chalkgrad-engine_bg.wasm'), file);
    let glue = await bundledGlue(join(source, entry), join(compiled, 'chalkgrad-engine.js'), release);
    if (compiled !== whole) rmSync(compiled, { recursive: true });
    if (release) {
      const calls = doors.map((door) => readFileSync(join(source, door), 'utf8')).join('\n');
      glue = withoutUncalled(glue, calls);
      glue = renamed(glue, await shrink(file, glue));
    }
    const wasm = rename(file, `${name}.wasm`);
    // As a module the glue is a singleton: it could never be started again after a panic.
    const contents = `export const address = ${JSON.stringify(wasm)};\nexport function makeGlue() {\n${glue}\nreturn glue;\n}`;
    return { specifier, contents, wasm };
  }));
}

/** Compiles the engine without the feature `whole`, as Trunk does with it, into a folder, which is returned. */
async function compileStart(source, folder) {
  const options = ['--release', '--offline', '--no-default-features', '--target', 'wasm32-unknown-unknown'];
  const messages = ['--quiet', '--message-format=json-render-diagnostics'];
  const { stdout } = await run('cargo', ['build', ...options, ...messages], { cwd: resolve(source, '../engine'), maxBuffer: Infinity });
  const made = stdout.split('\n').filter(Boolean).flatMap((line) => JSON.parse(line).filenames ?? []);
  const module = made.find((name) => /chalkgrad_engine\.wasm$/.test(name)) ?? fail('cargo made no module for a start');
  await run('wasm-bindgen', ['--target', 'web', '--no-typescript', '--out-dir', folder, '--out-name', 'chalkgrad-engine', module]);
  return folder;
}

/** wasm-bindgen's glue as a script, with what an entry names of it. */
async function bundledGlue(entry, file, release) {
  const { outputFiles } = await esbuild.build({
    entryPoints: [entry],
    bundle: true,
    target: 'es2022',
    write: false,
    format: 'iife',
    globalName: 'glue',
    // The names that it calls the engine by are read below.
    minifySyntax: release,
    plugins: [{ name: 'glue', setup: ({ onResolve }) => onResolve({ filter: /\/chalkgrad-engine\.js$/ }, () => ({ path: file })) }],
    define: {
      // Only the default start-up asks where the glue lies; the page starts it with a compiled module.
      'import.meta.url': '""',
      // The page frees by hand. What would free by itself keeps every class there, used or not.
      'Symbol.dispose': 'undefined',
      FinalizationRegistry: 'undefined',
    },
  });
  return outputFiles[0].text;
}

/**
 * The glue without the methods that the page's doors to the engine never name: with a class all of its methods come
 * along, and with each what it calls of the module.
 */
function withoutUncalled(text, calls) {
  const named = new Set([...calls.matchAll(/(\w+)\??\.(?=(\w+))/g)].map(([, object, name]) => `${object.toLowerCase()}.${name}`));
  // As esbuild writes a class, alone or behind another one, and a method of it, within a function. Constructors and
  // wasm-bindgen's own `__wrap` stay.
  const parts = /^ {2}(?:var|\},) (\w+) = class\b|^ {4}(?:static |get |set )?(\w+)\([^)]*\) \{\n[^]*?^ {4}\}\n/gm;
  let object = '';
  return text.replace(parts, (whole, opened, method) => {
    if (opened) object = opened.toLowerCase();
    return opened || named.has(`${object}.${method}`) || /^(?:constructor|__\w+)$/.test(method) ? whole : '';
  });
}

/**
 * The glue with the short names that wasm-opt gave to what it and the module import from each other, and without what
 * the module no longer imports.
 */
function renamed(text, { imports, exports }) {
  const [[module]] = imports;
  const short = new Map([...imports.map(([, name, to]) => [name, to]), ...exports]);
  const called = text.replace(/\bwasm\.(\w+)/g, (whole, name) => `wasm.${short.get(name) ?? fail(`the module has no ${name}`)}`);
  const given = /^ {8}(\w+): (function\([^]*?^ {8}\})(,?\n)/gm;
  return called
    .replace(given, (whole, name, body, end) => (short.has(name) ? `        ${JSON.stringify(short.get(name))}: ${body}${end}` : ''))
    .replace(JSON.stringify(module), '"a"');
}

/** Makes a module small, without what its glue does not call. Returns the short names, as wasm-opt lists them. */
async function shrink(file, glue) {
  const called = new Set([...glue.matchAll(/\bwasm\.(\w+)/g)].map(([, name]) => name));
  const exported = WebAssembly.Module.exports(new WebAssembly.Module(readFileSync(file))).map(({ name }) => name);
  const uncalled = exported.filter((name) => !called.has(name)).map((name) => `--remove-exports=${name}`);
  const { stdout } = await run(process.execPath, [wasmOpt, file, '-o', file, ...uncalled, ...smallest], { maxBuffer: Infinity });
  return JSON.parse(stdout);
}

/** For esbuild: `import { address, makeGlue } from 'chalkgrad-engine'`. */
export function enginesPlugin(engines) {
  return {
    name: 'chalkgrad-engine',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^chalkgrad-engine(?:$|\/)/ }, ({ path }) => ({ path, namespace: 'engine' }));
      onLoad({ filter: /./, namespace: 'engine' }, ({ path }) => ({ contents: engines.find(({ specifier }) => specifier === path)?.contents }));
    },
  };
}

function fail(why) {
  throw new Error(why);
}
