import AxeBuilder from '@axe-core/playwright';
import { Board } from './board';
import { pack } from './packing';
import { PERCEPTRON } from './programs';
import { expect, test } from './test';

/** The perceptron's walk, as it is read out. */
const SENTENCES = [
  'Step 0, forward. Data and parameters are known; the forward pass begins.',
  'Forward. z = W1x: from W1, x to z.',
  'Forward. h = tanh(z): from z to h.',
  'Forward. o = W2h: from W2, h to o.',
  'Forward. L = squared_error(o, y): from o, y to L.',
  'Loss. L = 3.85. ∂L/∂L = 1: the backward pass begins here.',
  'Backward. ∂L/∂o = o − y, ∂L/∂y = y − o: from L back to o, y.',
  'Backward. ∂L/∂W2 = ∂L/∂o hᵀ, ∂L/∂h = W2ᵀ ∂L/∂o: from o back to W2, h.',
  'Backward. ∂L/∂z = ∂L/∂h ⊙ (1 − h²): from h back to z.',
  'Backward. ∂L/∂W1 = ∂L/∂z xᵀ, ∂L/∂x = W1ᵀ ∂L/∂z: from z back to W1, x.',
  'Update. W1 ← W1 − η ∂L/∂W1, entry by entry; the first: 0.01409 − 0.1 × (−0.4028) = 0.05437.',
  'Update. W2 ← W2 − η ∂L/∂W2, entry by entry; the first: −2.483 − 0.1 × (−1.333) = −2.35.',
];

test('the perceptron is walked to its end and back by keyboard, sentence by sentence', async ({ page }) => {
  const board = await new Board(page).open(`p=${pack(PERCEPTRON)}`);
  await board.button('one operator').press('Enter');
  await expect(board.status).toHaveText(SENTENCES[0] ?? '');
  await board.button('one operator').evaluate(button => button.blur());
  for (const sentence of SENTENCES.slice(1)) {
    await page.keyboard.press('ArrowRight');
    await expect(board.status).toHaveText(sentence);
  }
  await page.keyboard.press('ArrowRight');
  await expect(board.status).toHaveText('Step 1, forward. Data and parameters are known; the forward pass begins.');
  for (const sentence of SENTENCES.toReversed()) {
    await page.keyboard.press('ArrowLeft');
    await expect(board.status).toHaveText(sentence);
  }
  await page.keyboard.press('End');
  await expect(board.status).toHaveText(SENTENCES.at(-1) ?? '');
  await page.keyboard.press('Home');
  await expect(board.status).toHaveText(SENTENCES[0] ?? '');
});

test('what is not known yet is blank, and a gradient used twice fills in parts', async ({ page }) => {
  const board = await new Board(page).open(`p=${pack('param x = 3\na = 2x\nb = x^2\ny = a + b')}&gear=operator`);
  await expect(board.status).toContainText('the forward pass begins');
  await expect(board.node('y', 'not known yet', 'not known yet')).toBeVisible();
  await board.steps(3);
  await expect(board.node('y', '15', 'not known yet')).toBeVisible();
  // Loss, +, then the square alone: 2 of x's 2 + 6 is still to come.
  await board.steps(3);
  await expect(board.status).toContainText('which other operators use too; the parts add up');
  const x = page.getByRole('button', { name: /^x, / });
  await expect(x).toContainText('6 + …');
  await board.steps(1);
  await expect(board.node('x', '3', '8')).toBeVisible();
  await expect(x).not.toContainText('…');
  await board.steps(1);
  await expect(board.status).toContainText('Update. x ← x − η ∂y/∂x = 3 − 0.1 × 8 = 2.2.');
  await board.steps(1);
  await expect(board.node('x', '2.2', 'not known yet')).toBeVisible();
});

test('Shift takes the other gear once', async ({ page }) => {
  const board = await new Board(page).open();
  await page.keyboard.press('Shift+ArrowRight');
  await expect(board.status).toContainText('Forward. x²: from x to x².');
  await expect(board.button('a whole update')).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('ArrowRight');
  await expect(board.status).toContainText('Step 1. x ← 2 − 0.1 × 16 = 0.4');
  await board.button('one operator').click();
  await expect(board.status).toContainText('Step 1, forward.');
  await page.keyboard.press('Shift+ArrowRight');
  await expect(board.status).toContainText('Step 2, forward.');
});

test('a link opens in the midst of a walk', async ({ page, context }) => {
  const board = await new Board(page).open(`p=${pack(PERCEPTRON)}&gear=operator&step=2`);
  await board.steps(6);
  await expect(board.status).toContainText('∂L/∂o = o − y');
  await expect(page).toHaveURL(/gear=operator&at=6/);
  const other = new Board(await context.newPage());
  await other.open(new URL(page.url()).hash.slice(1));
  await expect(other.status).toHaveText(await board.status.innerText());
  await expect(other.page.getByRole('button', { name: 'L, value', exact: false })).toHaveAttribute('aria-label', (await page.getByRole('button', { name: 'L, value', exact: false }).getAttribute('aria-label')) ?? '');
});

test('a walk plays by itself, and the gear goes back to whole updates', async ({ page }) => {
  const board = await new Board(page).open();
  await page.getByRole('combobox', { name: 'Speed' }).selectOption('2×');
  await board.button('one operator').click();
  await board.button('Play').click();
  await expect(page.getByRole('button', { name: /^x, value/ })).not.toHaveAttribute('aria-label', /value 2,/, { timeout: 10_000 });
  await board.button('Pause').click();
  await expect(board.status).toContainText(/Forward\.|Loss\.|Backward\.|Update\.|forward\./);
  await board.button('a whole update').click();
  await expect(board.status).toContainText(/Step \d\. x ← /);
});

test('a place beyond the end of a walk is its end; one that is none is told', async ({ page }) => {
  const board = await new Board(page).open('gear=operator&at=999');
  await expect(board.status).toContainText('Update. x ← x − η ∂y/∂x = 2 − 0.1 × 16 = 0.4.');
  await page.goto('about:blank');
  await board.open('gear=sideways&at=1.5');
  await expect(board.notices).toContainText('sideways');
  await expect(board.notices).toContainText('1.5');
  await expect(board.node('x', '2', '16')).toBeVisible();
});

// Every theme and every language, each once.
for (const [colorScheme, locale] of [['light', 'zh-CN'], ['dark', 'en-US']] as const) {
  test.describe(`${colorScheme}, ${locale}`, () => {
    test.use({ colorScheme, locale });
    test('axe finds nothing in the midst of a walk', async ({ page }) => {
      const board = await new Board(page);
      await page.goto(`./#p=${pack(PERCEPTRON)}&gear=operator&at=7`);
      await expect(board.status).toContainText('∂L/∂W2 = ∂L/∂o hᵀ');
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    });
  });
}
