/** The kinds that the CustomResourceDefinitions in etcd make, made anew when one of them changes. */
import { type CustomParts, customKinds } from '../../api/custom/custom-kind.js';
import { compareText } from '../../api/go-text.js';
import type { CustomResourceDefinition } from '../../api/types/custom-resource-definition.js';
import type { Entry } from '../../store/entry.js';
import type { Store } from '../../store/store.js';
import type { ServedKind } from '../served-kind.js';
import type { EtcdAccess } from '../storage/etcd-access.js';
import { objectOf } from '../storage/stored-object.js';

const PREFIX = '/registry/apiextensions.k8s.io/customresourcedefinitions/';
const NONE: readonly ServedKind[] = [];

/** Follows the definitions of one store; another one is followed when etcd was replaced or restored. */
export class CustomKinds {
  #store: Store | undefined;
  #stop: () => void = () => {};
  #changed = false;
  #kinds: readonly ServedKind[] = NONE;
  readonly #made = new WeakMap<Entry, readonly ServedKind[]>();

  constructor(
    private readonly etcd: EtcdAccess,
    private readonly needs: CustomParts,
  ) {}

  /** All of them, by group and name; the same list as long as nothing changed, and while etcd is away. */
  current(): readonly ServedKind[] {
    const store = this.etcd.current;
    if (store && store !== this.#store) this.#follow(store);
    if (this.#changed && this.#store) {
      this.#changed = false;
      this.#kinds = this.#read(this.#store);
    }
    return this.#kinds;
  }

  #follow(store: Store): void {
    this.#stop();
    this.#store = store;
    this.#changed = true;
    this.#stop = store.watch(PREFIX, 0, () => {
      this.#changed = true;
    });
  }

  #read(store: Store): readonly ServedKind[] {
    const { entries } = store.range({ prefix: PREFIX });
    if (entries.length === 0) return NONE;
    const byGroup = entries.flatMap((entry) => this.#kindsOf(entry));
    return byGroup.sort((a, b) => compareText(a.group, b.group) || compareText(a.plural, b.plural));
  }

  #kindsOf(entry: Entry): readonly ServedKind[] {
    let kinds = this.#made.get(entry);
    if (!kinds) {
      kinds = customKinds(objectOf(entry) as CustomResourceDefinition, this.needs);
      this.#made.set(entry, kinds);
    }
    return kinds;
  }
}
