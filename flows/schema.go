package flows

import (
	"encoding/json"
	"maps"
	"slices"

	"javab/flows/expect"
)

// object is a piece of JSON Schema.
type object = map[string]any

// JSONSchema returns the JSON Schema of script files, for editors. It is made from the same tables that the parser
// reads by, so the two cannot drift apart.
func JSONSchema() ([]byte, error) {
	root := mappingSchema(scriptKeys)
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["title"] = "A script of Javab"
	root["$defs"] = object{
		"id":        object{"type": "string", "pattern": "^[a-z0-9_]+$"},
		"text":      object{"type": []string{"string", "number", "boolean"}},
		"words":     wordsSchema(),
		"source":    object{"type": "string", "pattern": `^([a-z0-9_.]+|\{[a-z0-9_.]+\})$`},
		"step":      stepSchema(),
		"option":    mappingSchema(optionKeys),
		"condition": conditionSchema(),
		"expect":    expectSchema(),
		"enter":     mappingSchema(enterKeys),
		"phrasings": phrasingsSchema(),
		"hand_over": mappingSchema(handOverKeys),
	}
	return json.MarshalIndent(root, "", "  ")
}

func ref(name string) object { return object{"$ref": "#/$defs/" + name} }

// mappingSchema is a mapping that has the keys of a table and no others.
func mappingSchema(keys []key) object {
	properties, required := object{}, []string{}
	for _, k := range keys {
		properties[k.name] = keySchema(k)
		if k.required {
			required = append(required, k.name)
		}
	}
	schema := object{"type": "object", "properties": properties, "additionalProperties": false}
	if len(required) > 0 {
		schema["required"] = required
	}
	return schema
}

func keySchema(k key) object {
	schema := maps.Clone(shapes()[k.shape])
	if k.doc != "" {
		schema["description"] = k.doc
	}
	return schema
}

// shapes says what the values of keys look like.
func shapes() map[shape]object {
	list := func(items object) object { return object{"type": "array", "items": items} }
	return map[shape]object{
		shapeID:        ref("id"),
		shapeText:      ref("text"),
		shapeWords:     ref("words"),
		shapeFlag:      {"type": "boolean"},
		shapeSource:    ref("source"),
		shapeArgs:      {"type": "object", "propertyNames": ref("id"), "additionalProperties": ref("text")},
		shapeEnter:     ref("enter"),
		shapePhrasings: ref("phrasings"),
		shapeSteps:     {"type": "array", "items": ref("step"), "minItems": 1},
		shapeOptions:   {"anyOf": []object{ref("source"), list(object{"anyOf": []object{ref("source"), ref("option")}})}},
		shapeExpect:    ref("expect"),
		shapeCondition: ref("condition"),
		shapeThen:      {"type": "object", "additionalProperties": ref("id")},
		shapeHandOver:  ref("hand_over"),
		shapeDone:      {"const": "done"},
		shapeRows:      {"const": "rows"},
		shapeOp:        {"enum": Ops},
		shapeValue:     {"anyOf": []object{ref("text"), list(ref("text"))}},
		shapeGroup:     list(ref("condition")),
	}
}

// wordsSchema is a text in all languages, or one placeholder that needs no translation.
func wordsSchema() object {
	all := mappingSchema(languageKeys)
	all["required"] = keyNames(languageKeys)
	return object{"anyOf": []object{all, {"type": "string", "pattern": `^\{[^{}]+\}$`}}}
}

func phrasingsSchema() object {
	schema := mappingSchema(languageKeys)
	for _, k := range languageKeys {
		schema["properties"].(object)[k.name] = object{"type": "array", "items": ref("text")}
	}
	return schema
}

// stepSchema is one of the kinds of steps, each with the keys that may stand beside it.
func stepSchema() object {
	kinds := make([]object, 0, len(kindKeys))
	for _, kind := range kindKeys {
		kind.required = true
		kinds = append(kinds, mappingSchema(append([]key{kind}, besideKeys[kind.name]...)))
	}
	return object{"oneOf": kinds}
}

func conditionSchema() object {
	schema := mappingSchema(conditionKeys)
	var parts []object
	for _, part := range []string{"var", "all", "any", "not"} {
		parts = append(parts, object{"required": []string{part}})
	}
	schema["oneOf"] = parts
	return schema
}

// expectSchema is a kind of answer, or a kind with its parameters.
func expectSchema() object {
	kinds := expect.Kinds()
	slices.Sort(kinds)
	properties := object{}
	for _, kind := range kinds {
		properties[kind] = object{"type": []string{"object", "null"}, "additionalProperties": ref("text")}
	}
	withParameters := object{
		"type": "object", "properties": properties, "additionalProperties": false, "minProperties": 1, "maxProperties": 1,
	}
	return object{"anyOf": []object{{"enum": kinds}, withParameters}}
}
