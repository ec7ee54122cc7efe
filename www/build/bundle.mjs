/**
 * Trunk's post_build hook. In Trunk's staging folder lie the engine as wasm-bindgen and wasm-opt left it, and
 * index.html as it was written. This makes the page of them: TypeScript and styles bundled, every file named by its
 * content's hash, nothing inline and nothing from another host. index.html, which names all others, is written last.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, extname, join, relative, resolve } from 'node:path';
import * as esbuild from 'esbuild';
import { checkPolicy } from './policy.mjs';
import { firstLoad, report } from './weigh.mjs';

const release = process.env.TRUNK_PROFILE === 'release';
const staging = process.env.TRUNK_STAGING_DIR;
const source = process.env.TRUNK_SOURCE_DIR;
if (!staging || !source) stop('this script is run by Trunk: use `cargo xtask build`');

/** Where node's examples and the type checker find the engine, wherever cargo's own target folder is. */
const engineFolder = resolve(source, '../target/engine');

const wasmOpt = resolve(source, '../node_modules/binaryen/bin/wasm-opt');

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

keepEngine();
let glue = withoutUncalled(await bundleGlue());
const wasm = takeWasm();
const bundled = await bundle();
writePage();

/** Leaves the whole engine in target/engine, with the sentences in which faults are told. */
function keepEngine() {
  mkdirSync(engineFolder, { recursive: true });
  for (const name of ['chalkgrad-engine.js', 'chalkgrad-engine.d.ts', 'chalkgrad-engine_bg.wasm']) {
    cpSync(join(staging, name), join(engineFolder, name));
  }
  for (const name of ['chalkgrad-engine.js', 'chalkgrad-engine.d.ts']) rmSync(join(staging, name));
  cpSync(resolve(source, '../src/notation/sentences'), join(engineFolder, 'sentences'), { recursive: true });
}

/** wasm-bindgen's glue as a script, with what the page uses of it. */
async function bundleGlue() {
  const { outputFiles } = await build({
    entryPoints: [join(source, 'build/glue.ts')],
    write: false,
    format: 'iife',
    globalName: 'glue',
    // The names that it calls the engine by are read below.
    minify: false,
    minifySyntax: true,
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
 * The glue without the methods that the page's only door to the engine never names: with a class all of its methods
 * come along, and with each what it calls of the module.
 */
function withoutUncalled(text) {
  if (!release) return text;
  const door = readFileSync(join(source, 'engine.ts'), 'utf8');
  const named = new Set([...door.matchAll(/(\w+)\??\.(?=(\w+))/g)].map(([, object, name]) => `${object.toLowerCase()}.${name}`));
  // As esbuild writes a class, and a method of it, within a function. Constructors and wasm-bindgen's own `__wrap` stay.
  const parts = /^ {2}var (\w+) = class\b|^ {4}(?:static |get |set )?(\w+)\([^)]*\) \{\n[^]*?^ {4}\}\n/gm;
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
  const called = text.replace(/\bwasm\.(\w+)/g, (whole, name) => `wasm.${short.get(name) ?? stop(`the module has no ${name}`)}`);
  const given = /^ {8}(\w+): (function\([^]*?^ {8}\})(,?\n)/gm;
  return called
    .replace(given, (whole, name, body, end) => (short.has(name) ? `        ${JSON.stringify(short.get(name))}: ${body}${end}` : ''))
    .replace(JSON.stringify(module), '"a"');
}

/** Puts the WebAssembly, hashed, into the page: in a release without what its glue does not call. Returns its name. */
function takeWasm() {
  const file = join(staging, 'chalkgrad-engine_bg.wasm');
  if (release) {
    const called = new Set([...glue.matchAll(/\bwasm\.(\w+)/g)].map(([, name]) => name));
    const exported = WebAssembly.Module.exports(new WebAssembly.Module(readFileSync(file))).map(({ name }) => name);
    const uncalled = exported.filter((name) => !called.has(name)).map((name) => `--remove-exports=${name}`);
    const names = execFileSync(process.execPath, [wasmOpt, file, '-o', file, ...uncalled, ...smallest], { encoding: 'utf8' });
    glue = renamed(glue, JSON.parse(names));
  }
  return rename(file, 'engine.wasm');
}

/** Bundles every script and style that index.html names. Returns the names they got, and what each one needs. */
async function bundle() {
  const entries = references(readFileSync(join(source, 'index.html'), 'utf8'))
    .map(({ path }) => path)
    .filter((path) => ['.ts', '.css'].includes(extname(path)));
  const { metafile, warnings } = await build({
    entryPoints: entries.map((path) => join(source, path)),
    outdir: staging,
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    loader: { '.woff2': 'file', '.svg': 'file', '.png': 'file', '.txt': 'file' },
    format: 'esm',
    splitting: true,
    metafile: true,
    sourcemap: !release,
    legalComments: release ? 'linked' : 'inline',
    define: { __WASM__: JSON.stringify(wasm) },
    plugins: [engine()],
  });
  if (warnings.length > 0) stop('the bundler has warnings: see above');
  return Object.entries(metafile.outputs)
    .filter(([, output]) => output.entryPoint)
    .map(([path, output]) => ({
      entry: relative(source, resolve(output.entryPoint)),
      name: basename(path),
      chunks: output.imports.filter(({ kind }) => kind === 'import-statement').map(({ path }) => basename(path)),
    }));
}

/** Puts the hashed names into index.html, asks for what is needed at once, and lets only a clean page through. */
function writePage() {
  const file = join(staging, 'index.html');
  let html = readFileSync(file, 'utf8');
  const early = [`<link rel="preload" href="./${wasm}" as="fetch" type="application/wasm" crossorigin>`];
  for (const { tag, path } of references(html)) {
    const made = bundled.find(({ entry }) => entry === path);
    const name = made?.name ?? copyHashed(path);
    early.push(...(made?.chunks ?? []).map((chunk) => `<link rel="modulepreload" href="./${chunk}">`));
    html = html.replace(tag, tag.replace(path, `./${name}`));
  }
  html = html.replace(/\s*<\/head>/, `\n${early.map((link) => `  ${link}\n`).join('')}</head>`);

  const faults = checkPolicy(html, staging);
  if (faults.length > 0) stop(`the page breaks its content policy:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  if (existsSync(join(source, 'static'))) cpSync(join(source, 'static'), staging, { recursive: true });
  writeFileSync(file, html);
  if (release) console.log(report(firstLoad(staging)));
}

/** The files beside index.html that its scripts, links and images name; not what is a whole address already. */
function references(html) {
  return [...html.matchAll(/<(?:script|link|img)\b[^>]*?\b(?:src|href)="([^"]+)"[^>]*>/g)]
    .map(([tag, path]) => ({ tag, path }))
    .filter(({ tag, path }) => !/\bdata-trunk\b/.test(tag) && !/^[a-z]+:|^\/\/|^\.\/$/.test(path));
}

/** Copies a file of the page under a hashed name, which is returned. */
function copyHashed(path) {
  const from = join(source, path);
  if (!existsSync(from)) stop(`index.html names ${path}, which is not in www/`);
  cpSync(from, join(staging, `copy-of-${basename(path)}`));
  return rename(join(staging, `copy-of-${basename(path)}`), basename(path));
}

/** Gives a file of the page a name with its content's hash, which is returned. */
function rename(file, name) {
  const hash = createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 8);
  const hashed = `${basename(name, extname(name))}-${hash}${extname(name)}`;
  renameSync(file, join(staging, hashed));
  return hashed;
}

/** esbuild with what all its uses here have in common. */
function build(options) {
  return esbuild.build({ bundle: true, minify: release, target: 'es2022', logLevel: 'warning', ...options });
}

/**
 * `import { makeGlue } from 'chalkgrad-engine'`: wasm-bindgen's glue as a function that makes a new, independent
 * engine. As a module the glue is a singleton: it could never be started again after a panic.
 */
function engine() {
  const contents = `export function makeGlue() {\n${glue}\nreturn glue;\n}`;
  return {
    name: 'chalkgrad-engine',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^chalkgrad-engine$/ }, ({ path }) => ({ path, namespace: 'engine' }));
      onLoad({ filter: /./, namespace: 'engine' }, () => ({ contents }));
    },
  };
}

/** Ends the build with a sentence that says why. */
function stop(why) {
  console.error(`bundle: ${why}`);
  process.exit(1);
}
