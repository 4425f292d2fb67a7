// Command cel reads one expression a line, with what it may name, and writes for each what Kubernetes' compiler and
// interpreter make of it: its mistakes, its type, what it may cost, its value or error, and what it did cost.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/google/cel-go/cel"
	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiserver/pkg/cel/library"
)

type input struct {
	Expression string                         `json:"expression"`
	Variables  json.RawMessage                `json:"variables,omitempty"`
	Schema     *apiextensions.JSONSchemaProps `json:"schema,omitempty"`
	Self       json.RawMessage                `json:"self,omitempty"`
	OldSelf    json.RawMessage                `json:"oldSelf,omitempty"`
	Mutation   bool                           `json:"mutation,omitempty"`
	Limit      uint64                         `json:"limit,omitempty"`
}

type output struct {
	Issues  string  `json:"issues,omitempty"`
	Type    string  `json:"type,omitempty"`
	Min     string  `json:",omitempty"`
	Max     string  `json:",omitempty"`
	Program string  `json:"program,omitempty"`
	Value   any     `json:"value,omitempty"`
	Error   string  `json:"error,omitempty"`
	Cost    *uint64 `json:"cost,omitempty"`
}

// What the server allows one expression by itself.
const costLimit = 1_000_000

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<26)
	answers := json.NewEncoder(os.Stdout)
	answers.SetEscapeHTML(false)
	for lines.Scan() {
		var one input
		check(json.Unmarshal(lines.Bytes(), &one))
		check(answers.Encode(answer(one)))
	}
	check(lines.Err())
}

func answer(one input) (said output) {
	defer func() {
		if reason := recover(); reason != nil {
			said.Error = fmt.Sprintf("PANIC %v", reason)
		}
	}()
	scope := scopeOf(one)
	env := scope.environment.NewExpressionsEnv()
	ast, issues := env.Compile(one.Expression)
	if issues != nil {
		said.Issues = issues.String()
		return said
	}
	said.Type = ast.OutputType().String()
	estimator := &library.CostEstimator{SizeEstimator: sizes{scope.root}}
	estimate, err := env.EstimateCost(ast, estimator)
	check(err)
	said.Min, said.Max = fmt.Sprint(estimate.Min), fmt.Sprint(estimate.Max)
	limit := one.Limit
	if limit == 0 {
		limit = costLimit
	}
	program, err := env.Program(ast, cel.CostLimit(limit), cel.CostTracking(estimator), cel.InterruptCheckFrequency(100))
	if err != nil {
		said.Program = err.Error()
		return said
	}
	value, details, err := program.ContextEval(context.Background(), scope.variables)
	if err != nil {
		said.Error = err.Error()
	} else {
		said.Value = plain(value)
	}
	if details != nil {
		said.Cost = details.ActualCost()
	}
	return said
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
