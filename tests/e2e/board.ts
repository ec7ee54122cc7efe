/** The page as a person finds it: by role and by name. */
import { expect, type Locator, type Page } from '@playwright/test';

/** The page of the descent, in English. */
export class Board {
  readonly page: Page;
  readonly rate: Locator;
  readonly slider: Locator;
  readonly status: Locator;
  readonly table: Locator;
  /** The loss curve. */
  readonly curve: Locator;
  /** The function with the iterates on it. */
  readonly function: Locator;
  readonly notices: Locator;

  constructor(page: Page) {
    this.page = page;
    this.rate = page.getByRole('textbox', { name: 'Learning rate value' });
    this.slider = page.getByRole('slider', { name: 'Learning rate' });
    this.status = page.getByRole('status');
    this.table = page.getByRole('table', { name: 'Iterates' });
    this.curve = page.getByRole('img', { name: /^Loss curve/ });
    this.function = page.getByRole('img', { name: /as a function of/ });
    this.notices = page.getByRole('region', { name: 'Notices' });
  }

  /** Opens the page with what stands behind the #. */
  async open(link = ''): Promise<this> {
    await this.page.goto(link === '' ? './' : `./#${link}`);
    await expect(this.button('Step')).toBeVisible();
    return this;
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** A node of the graph with its value and its gradient. */
  node(name: string, value: string, gradient: string): Locator {
    return this.page.getByRole('button', { name: `${name}, value ${value}, gradient ${gradient}`, exact: true });
  }

  /** The row of a step. */
  row(step: number): Locator {
    return this.table.getByRole('row').filter({ has: this.page.getByRole('rowheader', { name: String(step), exact: true }) });
  }

  /** Types a learning rate as a person does. */
  async typeRate(text: string): Promise<void> {
    await this.rate.fill(text);
    await this.rate.press('Enter');
  }

  async steps(count: number): Promise<void> {
    for (let made = 0; made < count; made++) await this.button('Step').click();
  }

  /** Moves the mouse to a place of a picture, in shares of its width and height. */
  async pointAt(picture: Locator, across: number, down: number): Promise<void> {
    const box = await picture.boundingBox();
    if (!box) throw new Error('the picture does not show');
    await this.page.mouse.move(box.x + across * box.width, box.y + down * box.height);
  }

  /** The step at which the run stands, as the current row says. */
  async step(): Promise<number> {
    return Number(await this.table.locator('[aria-current=step]').getByRole('rowheader').innerText());
  }

  /** Everything a reader of the page can tell its numbers by. */
  async numbers(): Promise<string[]> {
    const graph = this.page.getByRole('group', { name: /^Computation graph/ }).locator('[aria-label]');
    const nodes = await graph.evaluateAll(all => all.map(each => each.getAttribute('aria-label') ?? ''));
    const rows = await this.table.getByRole('row').allInnerTexts();
    return [...nodes, ...rows, await this.rate.inputValue(), (await this.curve.getAttribute('aria-label')) ?? '', ...await this.function.evaluateAll(all => all.map(each => each.getAttribute('aria-label') ?? ''))];
  }
}
