package main

import (
	"encoding/json"
	"fmt"
	"sort"

	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"
	"github.com/google/cel-go/common/types/traits"
)

// plain is a value as JSON; what JSON has no type for stands under the name of its type.
func plain(value ref.Val) any {
	named := func(name string, content any) any { return map[string]any{name: content} }
	switch v := value.(type) {
	case types.Bool:
		return bool(v)
	case types.String:
		return string(v)
	case types.Int:
		return named("int", fmt.Sprint(int64(v)))
	case types.Uint:
		return named("uint", fmt.Sprint(uint64(v)))
	case types.Double:
		return named("double", fmt.Sprint(float64(v)))
	case types.Bytes:
		return named("bytes", fmt.Sprintf("%x", []byte(v)))
	case types.Null:
		return nil
	case types.Timestamp:
		return named("timestamp", string(v.ConvertToType(types.StringType).(types.String)))
	case types.Duration:
		return named("duration", string(v.ConvertToType(types.StringType).(types.String)))
	case *types.Optional:
		if !v.HasValue() {
			return named("none", true)
		}
		return named("optional", plain(v.GetValue()))
	case *types.Type:
		return named("type", v.TypeName())
	case traits.Lister:
		return named("list", items(v))
	case traits.Mapper:
		return named("map", entries(v))
	}
	return named("other", value.Type().TypeName())
}

func items(list traits.Lister) []any {
	found := []any{}
	for at := list.Iterator(); at.HasNext() == types.True; {
		found = append(found, plain(at.Next()))
	}
	return found
}

// entries are pairs as text, sorted: Go draws the order of a map.
func entries(values traits.Mapper) []string {
	found := []string{}
	for at := values.Iterator(); at.HasNext() == types.True; {
		key := at.Next()
		text, err := json.Marshal([]any{plain(key), plain(values.Get(key))})
		check(err)
		found = append(found, string(text))
	}
	sort.Strings(found)
	return found
}
