/**
 * Facts about the built-in types of one Go package, one line a type.
 *
 *     Name field field …      a struct; a field is `json:number:type:flags:marks`
 *     !Name value|value       the values of an enumerated string type
 *
 * - json: the field's name; empty for a struct whose fields stand among those of its holder.
 * - number: of the field in protobuf, 0 for none.
 * - type: `s` string, `b` bool, `i` int32, `l` int64, `c` uint8, `u` uint, `f` float64, `y` bytes, `T` Time, `M` MicroTime,
 *   `D` Duration, `Q` Quantity, `I` IntOrString, `R` RawExtension, `F` FieldsV1, `J` JSON, `JB` `JA` `JS` a JSON schema
 *   or a bool, a list, a list of strings; `@Name` a struct of this package or `@group.version.Name`; before one of
 *   these `*` pointer, `[` list, `{` map with keys of type string or of the type in brackets; behind it `~Name` where Go has a
 *   type of its own, `!` added where that is an enumeration; `[s]~Name` where the list has.
 * - flags: `o` left out when empty, `z` when zero.
 * - marks, with `;` between: `p=` patch strategy, `k=` patch merge key, `L=` list type, `K=` list map keys, `m=` map or
 *   struct type, `d=` default as JSON.
 *
 * Read from the struct tags and markers of the public Go modules k8s.io/api, apimachinery, apiextensions-apiserver and
 * kube-aggregator, v0.36.0. Facts only: descriptions come from elsewhere when the program is built.
 */
export interface FactPackage {
  /** `core.v1`. */
  readonly id: string;
  /** API group; '' for the core. */
  readonly group: string;
  readonly version: string;
  /** What OpenAPI writes before the type's name: `io.k8s.api.core.v1`. */
  readonly prefix: string;
  /** Types that are kinds, with a space between. */
  readonly kinds: string;
  readonly types: string;
}
