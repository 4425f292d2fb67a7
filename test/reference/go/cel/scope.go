package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/checker"
	"github.com/google/cel-go/common/types/ref"
	internal "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	rules "k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel/model"
	utiljson "k8s.io/apimachinery/pkg/util/json"
	"k8s.io/apimachinery/pkg/util/version"
	admission "k8s.io/apiserver/pkg/admission/plugin/cel"
	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/apiserver/pkg/authorization/authorizer"
	apiservercel "k8s.io/apiserver/pkg/cel"
	"k8s.io/apiserver/pkg/cel/common"
	"k8s.io/apiserver/pkg/cel/environment"
	"k8s.io/apiserver/pkg/cel/library"
	"k8s.io/apiserver/pkg/cel/mutation"
)

// scope is what an expression may name: `self` and `oldSelf` of a schema, or what a policy has.
type scope struct {
	environment *environment.EnvSet
	variables   map[string]any
	root        *apiservercel.DeclType
}

func scopeOf(one input) scope {
	made := scope{variables: map[string]any{}}
	options := environment.VersionedOptions{IntroducedVersion: version.MajorMinor(1, 0)}
	if one.Schema != nil {
		made.ofSchema(one, &options)
	} else {
		made.ofPolicy(one, &options)
	}
	base := environment.MustBaseEnvSet(environment.DefaultCompatibilityVersion())
	extended, err := base.Extend(options, environment.StrictCostOpt)
	check(err)
	if one.Mutation {
		extended, err = extended.Extend(environment.VersionedOptions{
			IntroducedVersion: version.MajorMinor(1, 0),
			EnvOptions: []cel.EnvOption{
				common.ResolverEnvOption(&mutation.DynamicTypeResolver{}),
				environment.UnversionedLib(library.JSONPatch),
			},
		})
		check(err)
	}
	made.environment = extended
	return made
}

func (s *scope) ofSchema(one input, options *environment.VersionedOptions) {
	props := &internal.JSONSchemaProps{}
	check(apiextensions.Convert_v1_JSONSchemaProps_To_apiextensions_JSONSchemaProps(one.Schema, props, nil))
	structural, err := schema.NewStructural(props)
	check(err)
	s.root = model.SchemaDeclType(structural, false).MaybeAssignTypeName("selfType")
	for name, text := range map[string]json.RawMessage{"self": one.Self, "oldSelf": one.OldSelf} {
		options.EnvOptions = append(options.EnvOptions, cel.Variable(name, s.root.CelType()))
		if text != nil {
			s.variables[name] = valueOf(text, structural)
		}
	}
	options.DeclTypes = []*apiservercel.DeclType{s.root}
}

func valueOf(text json.RawMessage, structural *schema.Structural) ref.Val {
	var value any
	check(utiljson.Unmarshal(text, &value))
	return rules.UnstructuredToVal(value, structural)
}

func (s *scope) ofPolicy(one input, options *environment.VersionedOptions) {
	for _, name := range []string{"object", "oldObject", "params"} {
		options.EnvOptions = append(options.EnvOptions, cel.Variable(name, cel.DynType))
	}
	request, namespace := admission.BuildRequestType(), admission.BuildNamespaceType()
	options.EnvOptions = append(options.EnvOptions,
		cel.Variable("request", request.CelType()),
		cel.Variable("namespaceObject", namespace.CelType()),
		cel.Variable("authorizer", library.AuthorizerType),
		cel.Variable("authorizer.requestResource", library.ResourceCheckType),
	)
	options.DeclTypes = []*apiservercel.DeclType{namespace, request}
	s.variables["authorizer"] = library.NewAuthorizerVal(&user.DefaultInfo{Name: "alice"}, decisions{})
	var variables map[string]any
	if one.Variables != nil {
		check(utiljson.Unmarshal(one.Variables, &variables))
	}
	for name, value := range variables {
		s.variables[name] = value
	}
}

// decisions allow `get`, fail for `error`, and give back in their reason what was asked.
type decisions struct{}

func (decisions) Authorize(_ context.Context, a authorizer.Attributes) (authorizer.Decision, string, error) {
	asked := fmt.Sprintf("%s|%s|%s|%s|%s|%s|%s|%s", a.GetUser().GetName(), a.GetVerb(), a.GetPath(), a.GetAPIGroup(),
		a.GetResource(), a.GetSubresource(), a.GetNamespace(), a.GetName())
	switch a.GetVerb() {
	case "error":
		return authorizer.DecisionNoOpinion, asked, fmt.Errorf("went wrong")
	case "get":
		return authorizer.DecisionAllow, asked, nil
	}
	return authorizer.DecisionNoOpinion, asked, nil
}

// sizes tell the estimator how large what a schema describes may become.
type sizes struct{ root *apiservercel.DeclType }

func (s sizes) EstimateSize(element checker.AstNode) *checker.SizeEstimate {
	if s.root == nil || len(element.Path()) == 0 {
		return nil
	}
	at := s.root
	for _, name := range element.Path()[1:] {
		if at = step(at, name); at == nil {
			return nil
		}
	}
	return &checker.SizeEstimate{Min: 0, Max: uint64(at.MaxElements)}
}

func step(at *apiservercel.DeclType, name string) *apiservercel.DeclType {
	switch name {
	case "@items", "@values":
		return at.ElemType
	case "@keys":
		return at.KeyType
	}
	if field, found := at.Fields[name]; found {
		return field.Type
	}
	return nil
}

func (sizes) EstimateCallCost(string, string, *checker.AstNode, []checker.AstNode) *checker.CallEstimate {
	return nil
}
