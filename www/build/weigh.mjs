/**
 * What the first load of the page weighs: everything that index.html makes a browser fetch before a person has done
 * anything, each file as gzip -9 makes it. `node www/build/weigh.mjs dist` fails where that is over the limit.
 */
import { readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const limit = 160_000;

/** The files of the first load, with their sizes in bytes: index.html, what it names, and what its styles name. */
export function firstLoad(folder) {
  const names = new Set(['index.html']);
  for (const name of names) {
    const named = { html: /<(?:script|link|img)\b[^>]*?\b(?:src|href)="([^"]+)"/g, css: /url\(["']?([^)"']+)/g };
    const text = /\.(?:html|css)$/.test(name) ? readFileSync(join(folder, name), 'utf8') : '';
    for (const [, found] of text.matchAll(named[name.split('.').pop()] ?? /(?!)/g)) {
      if (!/^[a-z]+:|^#|^\.\/$/.test(found)) names.add(found.replace(/^\.\//, ''));
    }
  }
  return [...names].map((name) => {
    const bytes = readFileSync(join(folder, name));
    return { name, raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length };
  });
}

/** A table of the files and their sum. */
export function report(files) {
  const kilobytes = (size) => `${(size / 1000).toFixed(1)} kB`.padStart(10);
  const line = (name, raw, gzip) => `  ${name.padEnd(32)}${kilobytes(raw)}${kilobytes(gzip)} gzip`;
  const sum = (key) => files.reduce((total, file) => total + file[key], 0);
  return ['First load:', ...files.map(({ name, raw, gzip }) => line(name, raw, gzip)), line('in all', sum('raw'), sum('gzip'))].join('\n');
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const files = firstLoad(process.argv[2] ?? 'dist');
  const total = files.reduce((sum, { gzip }) => sum + gzip, 0);
  console.log(report(files));
  if (total > limit) {
    console.error(`weigh: the first load is over ${limit / 1000} kB gzip: load what is not needed at once by import()`);
    process.exit(1);
  }
}
