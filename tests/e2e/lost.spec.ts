/** Parts of the page that can't be fetched when they are wanted: it says so, keeps the work, and tries again. */
import { Board } from './board';
import { expect, test } from './test';

const SAID = 'A part of the page could not be loaded.';

for (const [part, link, button] of [
  ['program', '', /^Program:/],
  ['whole', '', /^Program:/],
  ['runs', '', 'Add run'],
  ['whole', '', 'Add run'],
  ['game', '', 'Guess first'],
  ['walk', '', 'one operator'],
  ['method', '', /^Gradient descent/],
  ['tables', '', /^Values of the function/],
  ['shelf', 'v=1&run=gd:0.24&step=3', 'Next lesson'],
  ['inside', 'v=1&run=gd:0.24&step=3', 'Next lesson'],
] as const) {
  test(`${part} is missing where ${String(button)} wants it`, async ({ page, unseen }) => {
    await page.route(new RegExp(`/${part}-[^/]*$`), route => route.abort());
    const board = await new Board(page).open(link);
    const before = await board.step();
    const wanted = page.getByRole('button', { name: button, exact: typeof button === 'string' });
    await wanted.click();
    await expect(board.notices).toContainText(SAID);
    expect(await board.step()).toBe(before);
    // The browser says too what it could not fetch.
    unseen.length = 0;
    await page.unrouteAll();
    await board.notices.getByRole('button').first().click();
    await wanted.click();
    await expect(board.notices.getByText(SAID)).toHaveCount(0);
    unseen.length = 0;
  });
}
