/** The map of the learning rates on the slider's track, and the theory's flags. */
import AxeBuilder from '@axe-core/playwright';
import { Board } from './board';
import { pack } from './packing';
import { expect, test } from './test';

test('the track says what each rate does, and the factor of a step is known before the first', async ({ page }) => {
  const board = await new Board(page).open();
  await expect(board.slider).toHaveAccessibleDescription(/falls slowly below 0\.0\d+, falls to 0\.125, swings to 0\.25, diverges above 0\.25\. The keys/);
  await expect(page.locator('.zone b', { hasText: /^falls$/ })).toBeVisible();
  await expect(page.locator('.zone b', { hasText: 'diverges' })).toBeVisible();
  await expect(page.locator('#rate-note')).toHaveText('1 − 8η = 0.2 times x each step');
  await board.typeRate('0.24');
  await expect(page.locator('#rate-note')).toHaveText('1 − 8η = −0.92 times x each step');
  await expect(page.getByRole('button', { name: 'η = 0.125 = 1/c: above it swings' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'η = 0.25 = 2/c: above it diverges' })).toBeVisible();
});

test('a double click near a flag, a key, and the flag itself set its exact rate', async ({ page }) => {
  const board = await new Board(page).open();
  const edge = page.getByRole('button', { name: /^η = 0\.25 / });
  await expect(edge).toBeVisible();
  const track = await page.locator('.rule').boundingBox();
  if (!track) throw new Error('no track');
  await page.mouse.dblclick(track.x + track.width * ((Math.log10(0.25) + 4) / 5) + 6, track.y + 10);
  await expect(board.rate).toHaveValue('0.25');
  await page.mouse.dblclick(track.x + track.width * 0.3, track.y + 10);
  await expect(board.rate).toHaveValue('0.00316');
  await board.slider.press(']');
  await expect(board.rate).toHaveValue('0.125');
  await board.slider.press(']');
  await expect(board.rate).toHaveValue('0.25');
  await board.slider.press('[');
  await expect(board.rate).toHaveValue('0.125');
  await edge.click();
  await expect(board.rate).toHaveValue('0.25');
  await expect(board.row(0)).toContainText('2 − 0.25 × 16 = −2');
});

test('a typed rate stays as it was typed, however near a flag', async ({ page }) => {
  const board = await new Board(page).open();
  await expect(page.getByRole('button', { name: /^η = 0\.25 / })).toBeVisible();
  await board.typeRate('0.2499');
  await expect(board.rate).toHaveValue('0.2499');
  await expect(board.row(0)).toContainText('2 − 0.2499 × 16');
});

test('the map is made anew for another program, and says here, locally, where the curvature changes', async ({ page }) => {
  const board = await new Board(page).open(`p=${pack('param x = 7\ny = (x - 3)^2')}`);
  await expect(board.slider).toHaveAccessibleDescription(/falls to 0\.5, swings to 1, diverges above 1/);
  await board.typeRate('0.4');
  await expect(page.locator('#rate-note')).toHaveText('1 − 2η = 0.2 times the distance of x from 3 each step');
  await board.open(`p=${pack('param x = 1\ny = x^4')}`);
  const edge = page.getByRole('button', { name: /= 2\/c, here, locally: if so curved everywhere, above it would diverge$/ });
  await expect(edge).toHaveText(/^≈0\.1667$/);
  await expect(page.locator('#rate-note')).toContainText('here, locally');
  // The curvature is another one where the run goes.
  await board.typeRate('0.1');
  await board.button('Step').click();
  await expect(edge).toHaveText(/^≈0\.463$/);
});

test('the theory of one curvature is still there after a run has left all numbers behind', async ({ page }) => {
  await new Board(page).open('run=gd:1&step=400');
  await expect(page.getByRole('button', { name: 'η = 0.125 = 1/c: above it swings' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'η = 0.25 = 2/c: above it diverges' })).toBeVisible();
});

test('the key names the zones alone that have no room for their word, and moves nothing', async ({ page }) => {
  await new Board(page).open();
  const key = page.locator('.zonekey');
  await expect(key).toHaveText('swings');
  await expect(page.locator('.zone b', { hasText: 'swings' })).not.toBeInViewport();
  const places = (): Promise<(number | undefined)[]> => Promise.all(['#rate-value', '#rate-note', '.rule'].map(async each => (await page.locator(each).boundingBox())?.x));
  const [note, before] = [await page.locator('#rate-note').boundingBox(), await places()];
  await key.evaluate(element => Object.assign((element as HTMLElement).style, { display: 'none' }));
  expect(await places()).toEqual(before);
  expect(await page.locator('#rate-note').boundingBox()).toEqual(note);
  // Two characters are narrower, and have no room either.
  await page.getByRole('button', { name: '中文' }).click();
  await expect(key).toHaveText('摆动');
});

test('a word gives way to the handle within its zone', async ({ page }) => {
  const board = await new Board(page).open();
  const word = page.locator('.zone b', { hasText: 'diverges' });
  // While the map is made there are more zones.
  await expect(word).toHaveCount(1);
  for (const rate of ['1', '2', '4']) {
    await board.typeRate(rate);
    const [told, handle] = await Promise.all([word.boundingBox(), page.locator('.cursor b').boundingBox()]);
    if (!told || !handle) throw new Error('something does not show');
    expect(told.x >= handle.x + handle.width || told.x + told.width <= handle.x, rate).toBe(true);
  }
});

test('of a method without a theory there is the map alone', async ({ page }) => {
  const board = await new Board(page).open('run=adam:0.1');
  await expect(board.slider).toHaveAccessibleDescription(/falls|swings/);
  await expect(page.locator('.flag')).toHaveCount(0);
  await board.open('run=momentum:0.1');
  await expect(page.getByRole('button', { name: 'η = 0.475 = 2(1 + β)/c: above it diverges' })).toBeVisible();
  await expect(board.slider).toHaveAccessibleDescription(/diverges above 0\.475/);
});

test('the map comes while a run plays', async ({ page }) => {
  const board = await new Board(page).open();
  await board.button('Play').click();
  await expect(board.slider).toHaveAccessibleDescription(/swings to 0\.25, diverges above 0\.25/);
  await expect(board.button('Pause')).toBeVisible();
});

test('the page goes on without where the whole engine cannot be had', async ({ page, unseen }) => {
  await page.route(/whole-.*\.wasm$/, route => route.abort());
  const board = await new Board(page).open();
  await board.typeRate('0.2');
  await expect(page.locator('#rate-note')).toHaveText('acts on the next step');
  // The browser says that it could not be fetched.
  await expect.poll(() => unseen.length).toBeGreaterThan(0);
  unseen.length = 0;
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('the key has two lines beside the rate', async ({ page }) => {
    await new Board(page).open();
    const key = page.locator('.zonekey');
    await expect(key.locator('span')).toHaveText(['falls slowly', 'swings']);
    const around = await key.boundingBox();
    for (const word of await key.locator('span').all()) {
      const box = await word.boundingBox();
      if (!around || !box) throw new Error('something does not show');
      expect(box.y).toBeGreaterThanOrEqual(around.y - 1);
      expect(box.y + box.height).toBeLessThanOrEqual(around.y + around.height + 1);
    }
  });

  test('a double tap sets the exact rate, and the flags do not meet', async ({ page }) => {
    const board = await new Board(page).open();
    const [low, high] = [page.getByRole('button', { name: /^η = 0\.125 / }), page.getByRole('button', { name: /^η = 0\.25 / })];
    await expect(high).toBeVisible();
    const [left, right, track] = await Promise.all([low.boundingBox(), high.boundingBox(), page.locator('.rule').boundingBox()]);
    if (!left || !right || !track) throw new Error('something does not show');
    expect(left.x + left.width).toBeLessThanOrEqual(right.x);
    const place = track.x + track.width * ((Math.log10(0.25) + 4) / 5) + 4;
    await page.touchscreen.tap(place, track.y + 10);
    await page.touchscreen.tap(place, track.y + 10);
    await expect(board.rate).toHaveValue('0.25');
    await low.tap();
    await expect(board.rate).toHaveValue('0.125');
  });
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`nothing is wrong with it for a reader, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    const board = await new Board(page).open();
    await expect(board.slider).toHaveAccessibleDescription(/diverges above 0\.25/);
    const { violations } = await new AxeBuilder({ page }).include('cg-rate').analyze();
    expect(violations).toEqual([]);
  });
}
