/** Who wants to know what: pieces of the page watch topics, so that each renders only what changed. */

/** What may change apart from the rest. */
export type Topic = 'numbers' | 'rate' | 'transport' | 'language' | 'theme' | 'view' | 'notes' | 'program' | 'draft' | 'walk' | 'graph' | 'prospects' | 'pointed';

export class Watchers {
  readonly #byTopic = new Map<Topic, Set<() => void>>();

  /** Calls back whenever one of the topics changes, until the returned function is called. */
  add(topics: readonly Topic[], changed: () => void): () => void {
    for (const topic of topics) {
      const watchers = this.#byTopic.get(topic) ?? new Set();
      this.#byTopic.set(topic, watchers.add(changed));
    }
    return () => topics.forEach(topic => this.#byTopic.get(topic)?.delete(changed));
  }

  /** Tells each watcher of these topics once. */
  tell(...topics: readonly Topic[]): void {
    const told = new Set<() => void>();
    for (const topic of topics) {
      for (const watcher of this.#byTopic.get(topic) ?? []) told.add(watcher);
    }
    for (const watcher of told) watcher();
  }
}
