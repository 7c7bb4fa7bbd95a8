package demoweb

import (
	_ "embed"
	"fmt"

	"github.com/goccy/go-yaml"

	"javab/bot"
)

//go:embed cast/staff.yaml
var staffFile []byte

// person is one line of the file.
type person struct {
	Login, Name  string
	Display      bot.Text
	Role         bot.Role
	Units        []bot.UnitID
	Langs        []bot.Lang
	Lang         bot.Lang
	Capacity     int
	Confidential bool
}

// Staff are the people who sit at the demo's desk.
func Staff() ([]bot.Staff, error) {
	var people []person
	if err := yaml.UnmarshalWithOptions(staffFile, &people, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("read the demo's staff: %w", err)
	}
	list := make([]bot.Staff, len(people))
	for i, p := range people {
		list[i] = bot.Staff{
			Login: p.Login, Name: p.Name, Display: p.Display, Role: p.Role, Units: p.Units, Langs: p.Langs, Lang: p.Lang,
			Capacity: p.Capacity, Confidential: p.Confidential,
		}
	}
	return list, nil
}
