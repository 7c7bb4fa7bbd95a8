package main

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
)

// alone keeps the settings of whoever runs the release out of it: no workspace, no other Go than the one that runs.
var alone = []string{"GOWORK=off", "GOTOOLCHAIN=local", "GOFLAGS="}

// vendor puts the sources of all modules into the tree. It alone may use the network.
func vendor(ctx context.Context, tree string) error {
	if _, err := command(ctx, tree, alone, "go", "mod", "verify"); err != nil {
		return err
	}
	_, err := command(ctx, tree, alone, "go", "mod", "vendor")
	return err
}

// build makes one static binary from the vendored tree, without network.
func build(ctx context.Context, s settings, tree string, p platform, file string) error {
	file, err := filepath.Abs(file)
	if err != nil {
		return err
	}
	env := append([]string{"CGO_ENABLED=0", "GOPROXY=off", "GOOS=" + p.os, "GOARCH=" + p.arch}, alone...)
	_, err = command(ctx, tree, env, "go", "build", "-mod=vendor", "-buildvcs=false", "-trimpath",
		"-ldflags", "-s -w -X "+s.stamp+"="+s.version, "-o", file, s.program)
	return err
}

// checkStamp makes sure that the variable which takes the version is there, since the linker says nothing when it is not.
// Its package is named by import path; the one of a command would be "main" to the linker, so it must be another.
func checkStamp(ctx context.Context, tree, stamp string) error {
	dot := strings.LastIndexByte(stamp, '.')
	pkg, name := stamp[:dot], stamp[dot+1:]
	folder, err := command(ctx, tree, alone, "go", "list", "-mod=vendor", "-f", "{{.Dir}}", pkg)
	if err != nil {
		return err
	}
	files, err := filepath.Glob(filepath.Join(strings.TrimSpace(string(folder)), "*.go"))
	if err != nil {
		return err
	}
	for _, file := range files {
		if declares(file, name) {
			return nil
		}
	}
	return fmt.Errorf("package %s has no variable %s to take the version", pkg, name)
}

func declares(file, variable string) bool {
	source, err := os.ReadFile(file)
	if err != nil {
		return false
	}
	parsed, err := parser.ParseFile(token.NewFileSet(), file, source, parser.SkipObjectResolution)
	if err != nil {
		return false
	}
	for _, declaration := range parsed.Decls {
		group, isGroup := declaration.(*ast.GenDecl)
		if !isGroup || group.Tok != token.VAR {
			continue
		}
		for _, spec := range group.Specs {
			for _, name := range spec.(*ast.ValueSpec).Names {
				if name.Name == variable {
					return true
				}
			}
		}
	}
	return false
}
