#!/bin/sh
# Makes stix-two-math.woff2 of npm's @fontsource/stix-two-math: the glyphs that formulas use, with the table that says
# how mathematics is set, hinting kept. Needed again only when formulas get other signs. Run it in the repository's
# root, after `npm install` and `pip install fonttools==4.68.0 brotli==1.2.1`.
set -eu
package=node_modules/@fontsource/stix-two-math
latin='U+20-7E,U+A0,U+B0-B3,U+B7,U+B9,U+D7,U+F7'
greek='U+391-3A9,U+3B1-3C9,U+3D1,U+3D5,U+3D6,U+3F5'
marks='U+2013,U+2014,U+2016,U+2026,U+2032-2034,U+2061-2063,U+2070,U+2074-2079,U+2080-208E'
letters='U+210E,U+1D400-1D467,U+1D6FC-1D71B'
operators='U+2190,U+2192,U+2200,U+2202,U+2207,U+2208,U+220F,U+2211,U+2212,U+221A,U+221D,U+221E,U+222B,U+2225,U+2248,U+2260,U+2264,U+2265,U+2299,U+22A4,U+22C5,U+22EE,U+22EF,U+22F1,U+23DE,U+23DF'
pyftsubset "$package/files/stix-two-math-latin-400-normal.woff2" \
  --unicodes="$latin,$greek,$marks,$letters,$operators" \
  --layout-features=ssty,dtls --hinting --flavor=woff2 --output-file=www/fonts/stix-two-math.woff2
cp "$package/LICENSE" www/fonts/LICENSE.txt
