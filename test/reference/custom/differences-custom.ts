/** What of custom kinds is not as the real server has it, and why. */
export const CUSTOM_DIFFERENCES: readonly { readonly ids: RegExp; readonly reason: string }[] = [
  {
    ids: /two storage versions|a stored version taken away/,
    reason:
      'messages print the versions as Go structs of the server: pointers to what versions share are not followed here',
  },
  {
    ids: /read as protobuf alone/,
    reason: 'custom objects have no protobuf form: answered as JSON here, refused there for who accepts nothing else',
  },
  {
    ids: /status is like any field/,
    reason: 'managedFields are lost there when an object of an old version is changed through one without a schema',
  },
];
