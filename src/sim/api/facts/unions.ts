/** Of which fields of a struct one is chosen. */
interface Union {
  readonly discriminator?: string;
  readonly 'fields-to-discriminateBy': Readonly<Record<string, string>>;
}

/** Structs whose fields are a choice. Read from the markers `+union` and `+unionDiscriminator` of k8s.io/api, v0.36.0. */
export const UNIONS: Readonly<Record<string, Union>> = {
  'core.v1.AppArmorProfile': union('type', 'localhostProfile'),
  'core.v1.PodSchedulingGroup': union(undefined, 'podGroupName'),
  'core.v1.SeccompProfile': union('type', 'localhostProfile'),
  'flowcontrol.v1.LimitResponse': union('type', 'queuing'),
  'flowcontrol.v1.PriorityLevelConfigurationSpec': union('type', 'exempt', 'limited'),
  'flowcontrol.v1.Subject': union('kind', 'group', 'serviceAccount', 'user'),
};

function union(discriminator: string | undefined, ...fields: readonly string[]): Union {
  return {
    ...(discriminator === undefined ? {} : { discriminator }),
    'fields-to-discriminateBy': Object.fromEntries(
      fields.map((field) => [field, field.charAt(0).toUpperCase() + field.slice(1)]),
    ),
  };
}
