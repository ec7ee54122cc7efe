/**
 * Trunk's post_build hook. In Trunk's staging folder lie the engine as wasm-bindgen and wasm-opt left it, and
 * index.html as it was written. This makes the page of them: TypeScript and styles bundled, every file named by its
 * content's hash, nothing inline and nothing from another host. index.html, which names all others, is written last.
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, extname, join, relative, resolve } from 'node:path';
import * as esbuild from 'esbuild';
import { enginesPlugin, makeEngines } from './engine.mjs';
import { checkPolicy } from './policy.mjs';
import { firstLoad, report } from './weigh.mjs';

const release = process.env.TRUNK_PROFILE === 'release';
const staging = process.env.TRUNK_STAGING_DIR;
const source = process.env.TRUNK_SOURCE_DIR;
if (!staging || !source) stop('this script is run by Trunk: use `cargo xtask build`');

/** Where node's examples and the type checker find the engine, wherever cargo's own target folder is. */
const engineFolder = resolve(source, '../target/engine');

/** For esbuild: templates without the indents that they have in the sources, which no browser shows. */
const withoutIndents = {
  name: 'without-indents',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => ({ contents: readFileSync(path, 'utf8').replace(/\n[ \t]+/g, '\n'), loader: 'ts' }));
  },
};

/** For esbuild: Lit without the part of it that gives pieces styles of their own. */
const withoutStyles = {
  name: 'without-styles',
  setup({ onResolve }) {
    onResolve({ filter: /\/css-tag\.js$/ }, () => ({ path: join(source, 'build/no-styles.js') }));
  },
};

keepEngine();
const engines = await makeEngines({ source, whole: engineFolder, staging, release, rename });
const bundled = await bundle();
writePage();

/** Leaves the whole engine in target/engine, with the sentences in which faults are told. */
function keepEngine() {
  mkdirSync(engineFolder, { recursive: true });
  for (const name of ['chalkgrad-engine.js', 'chalkgrad-engine.d.ts', 'chalkgrad-engine_bg.wasm']) {
    cpSync(join(staging, name), join(engineFolder, name));
    rmSync(join(staging, name));
  }
  cpSync(resolve(source, '../src/notation/sentences'), join(engineFolder, 'sentences'), { recursive: true });
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
    plugins: [enginesPlugin(engines), withoutIndents, withoutStyles],
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
  const early = [`<link rel="preload" href="./${engines[0].wasm}" as="fetch" type="application/wasm" crossorigin>`];
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

/** Ends the build with a sentence that says why. */
function stop(why) {
  console.error(`bundle: ${why}`);
  process.exit(1);
}
