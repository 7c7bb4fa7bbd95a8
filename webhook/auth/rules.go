package auth

import (
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/labstack/echo/v4"

	"javab/bot"
)

//go:embed roles.yaml
var rolesText []byte

// rule is what roles.yaml says of one route.
type rule struct {
	anyone, visitor, change, quiet, fresh, upload bool

	roles []bot.Role
}

// any method of a pattern, as echo.Any registers it.
const anyMethod = "*"

// Rules is the table of routes and roles: pattern, then method.
type Rules map[string]map[string]rule

// LoadRules reads roles.yaml.
func LoadRules() (Rules, error) { return parseRules(rolesText) }

func parseRules(text []byte) (Rules, error) {
	var file struct {
		Groups map[string]string
		Routes map[string]string
	}
	if err := yaml.Unmarshal(text, &file); err != nil {
		return nil, fmt.Errorf("read roles.yaml: %w", err)
	}
	rules := Rules{}
	for _, route := range slices.Sorted(maps.Keys(file.Routes)) {
		method, pattern, found := strings.Cut(route, " ")
		r, err := parseRule(file.Routes[route], file.Groups)
		if err != nil || !found {
			return nil, fmt.Errorf("roles.yaml: %s: %w", route, err)
		}
		if rules[pattern] == nil {
			rules[pattern] = map[string]rule{}
		}
		rules[pattern][method] = r
	}
	return rules, nil
}

func parseRule(words string, groups map[string]string) (r rule, err error) {
	flags := map[string]*bool{
		"anyone": &r.anyone, "visitor": &r.visitor, "change": &r.change, "quiet": &r.quiet, "fresh": &r.fresh, "upload": &r.upload,
	}
	for word := range strings.FieldsSeq(words) {
		if flag, is := flags[word]; is {
			*flag = true
			continue
		}
		members, isGroup := groups[word]
		if !isGroup {
			members = word
		}
		for name := range strings.FieldsSeq(members) {
			if !bot.Role(name).Valid() {
				return rule{}, fmt.Errorf("%q is no role, group or way of asking", name)
			}
			r.roles = append(r.roles, bot.Role(name))
		}
	}
	if open := r.anyone || r.visitor; open == (len(r.roles) > 0) {
		return rule{}, fmt.Errorf("%q says neither or both of who may and that all may", words)
	}
	return r, nil
}

// of returns what is said of a route, by its pattern.
func (r Rules) of(method, pattern string) (rule, bool) {
	methods := r[pattern]
	if found, known := methods[method]; known {
		return found, true
	}
	found, known := methods[anyMethod]
	return found, known
}

// May reports whether somebody of a role may ask for a route, named by its pattern.
func (r Rules) May(role bot.Role, method, pattern string) bool {
	found, known := r.of(method, pattern)
	return known && (found.anyone || found.visitor || slices.Contains(found.roles, role))
}

// Open reports whether a route asks for no session.
func (r Rules) Open(method, pattern string) bool {
	found, known := r.of(method, pattern)
	return known && (found.anyone || found.visitor)
}

// Missing returns the routes that are registered and not in the table: they are refused to everybody.
func (r Rules) Missing(e *echo.Echo) (missing []string) {
	for _, route := range e.Routes() {
		if _, known := r.of(route.Method, route.Path); !known && route.Method != echo.RouteNotFound {
			missing = append(missing, route.Method+" "+route.Path)
		}
	}
	slices.Sort(missing)
	return missing
}

// Stale returns the routes that are in the table and not registered.
func (r Rules) Stale(e *echo.Echo) (stale []string) {
	registered := map[string]bool{}
	for _, route := range e.Routes() {
		registered[route.Method+" "+route.Path], registered[anyMethod+" "+route.Path] = true, true
	}
	for pattern, methods := range r {
		for method := range methods {
			if !registered[method+" "+pattern] {
				stale = append(stale, method+" "+pattern)
			}
		}
	}
	slices.Sort(stale)
	return stale
}
