// Command protobuf reads one JSON object a line and writes for each what the Go types make of it: its protobuf, its JSON,
// and which fields of its structs hold something and which hold nothing.
package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"reflect"

	admissionv1 "k8s.io/api/admission/v1"
	admissionv1beta1 "k8s.io/api/admission/v1beta1"
	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	serializer "k8s.io/apimachinery/pkg/runtime/serializer/json"
	"k8s.io/apimachinery/pkg/runtime/serializer/protobuf"
	"k8s.io/client-go/kubernetes/scheme"
	apiregistration "k8s.io/kube-aggregator/pkg/apis/apiregistration/v1"
)

type answer struct {
	Error    string          `json:"error,omitempty"`
	Protobuf string          `json:"protobuf,omitempty"`
	JSON     json.RawMessage `json:"json,omitempty"`
	Filled   []string        `json:"filled,omitempty"`
	Empty    []string        `json:"empty,omitempty"`
}

func main() {
	check(admissionv1.AddToScheme(scheme.Scheme))
	check(admissionv1beta1.AddToScheme(scheme.Scheme))
	check(apiextensions.AddToScheme(scheme.Scheme))
	check(apiregistration.AddToScheme(scheme.Scheme))
	check(metav1.AddMetaToScheme(scheme.Scheme))
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<24)
	writer := bufio.NewWriter(os.Stdout)
	defer writer.Flush()
	for lines.Scan() {
		text, err := json.Marshal(answerOf(lines.Bytes()))
		check(err)
		fmt.Fprintln(writer, string(text))
	}
	check(lines.Err())
}

func answerOf(line []byte) answer {
	options := serializer.SerializerOptions{Strict: true}
	reader := serializer.NewSerializerWithOptions(serializer.DefaultMetaFactory, scheme.Scheme, scheme.Scheme, options)
	object, _, err := reader.Decode(line, nil, nil)
	if err != nil {
		return answer{Error: err.Error()}
	}
	var encoded, again bytes.Buffer
	if err := protobuf.NewSerializer(scheme.Scheme, scheme.Scheme).Encode(object, &encoded); err != nil {
		return answer{Error: err.Error()}
	}
	if err := reader.Encode(object, &again); err != nil {
		return answer{Error: err.Error()}
	}
	fields := map[string]bool{}
	lookInto(reflect.ValueOf(object), fields)
	result := answer{Protobuf: base64.StdEncoding.EncodeToString(encoded.Bytes()), JSON: again.Bytes()}
	for name, filled := range fields {
		if filled {
			result.Filled = append(result.Filled, name)
		} else {
			result.Empty = append(result.Empty, name)
		}
	}
	return result
}

func lookInto(value reflect.Value, fields map[string]bool) {
	switch value.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !value.IsNil() {
			lookInto(value.Elem(), fields)
		}
	case reflect.Slice:
		for index := 0; index < value.Len(); index++ {
			lookInto(value.Index(index), fields)
		}
	case reflect.Map:
		for _, key := range value.MapKeys() {
			lookInto(value.MapIndex(key), fields)
		}
	case reflect.Struct:
		for index := 0; index < value.NumField(); index++ {
			field := value.Type().Field(index)
			if !field.IsExported() || field.Tag.Get("json") == "-" {
				continue
			}
			name := value.Type().String() + "." + field.Name
			fields[name] = fields[name] || !value.Field(index).IsZero()
			lookInto(value.Field(index), fields)
		}
	}
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
