/** Where the page begins: loads the engine, opens the link, and catches what breaks. */
import { App } from './components/app';
import { Bench, Gone, Panicked } from './engine';
import { Session } from './session';
import { learn, learnAll, preferredLanguage, say } from './text';
import { followTheme } from './theme';
import { listenForKeys } from './transport-keys';

/** Until a session says which language, messages are in the browser's. */
const language = preferredLanguage(navigator.languages);

async function begin(): Promise<void> {
  const loading = document.createElement('main');
  loading.className = 'loading';
  document.body.replaceChildren(loading);
  void learn(language).then(() => (loading.textContent = say(language, 'app.loading')));
  try {
    const session = await Session.begin(await Bench.load());
    await (session.isLesson ? learn : learnAll)(session.language);
    surviveBreakdowns(session);
    followTheme(() => session.themeChanged());
    listenForKeys(session);
    const app = new App();
    app.session = session;
    document.body.replaceChildren(app);
    foresee(session);
  } catch (error) {
    giveUp(error);
  }
}

/** When the page is drawn and has nothing else to do: what each learning rate will do. Where that can't be had it goes without. */
function foresee(session: Session): void {
  const fetch = async (): Promise<void> => {
    session.prospects = await (await import('./prospects')).Prospects.of(session);
    session.foresaw();
    // How far the minimum is can be told only now.
    if (session.scale === 'distance') session.look({});
  };
  // Notices are to be at hand when the network is gone.
  (window.requestIdleCallback ?? setTimeout)(() => void Promise.allSettled([fetch(), import('./components/notes')]));
}

/** A panic comes up here wherever the engine was called from: an event, a frame, a rendering. */
function surviveBreakdowns(session: Session): void {
  const survive = (event: Event, error: unknown): void => {
    if (!(error instanceof Panicked)) {
      // What is imported when it is wanted, and can't be had.
      if (error instanceof TypeError && /import|module/i.test(error.message)) session.notices.lost();
      return;
    }
    event.preventDefault();
    if (!(error instanceof Gone) && !session.recover(error)) giveUp(error);
  };
  addEventListener('error', event => survive(event, event.error));
  addEventListener('unhandledrejection', event => survive(event, event.reason));
}

function giveUp(error: unknown): void {
  const message = document.createElement('p');
  message.textContent = say(language, 'app.failed', { reason: error instanceof Error ? error.message : String(error) });
  const again = document.createElement('button');
  again.type = 'button';
  again.className = 'plain';
  again.textContent = say(language, 'app.retry');
  again.addEventListener('click', () => location.reload());
  const failed = document.createElement('div');
  failed.className = 'loading';
  failed.setAttribute('role', 'alert');
  failed.append(message, again);
  document.body.replaceChildren(failed);
}

void begin();
