package main

import (
	"errors"
	"sync"
)

// each does something n times at once and returns the results in order, or all that went wrong.
func each[T any](n int, do func(i int) (T, error)) ([]T, error) {
	results, errs := make([]T, n), make([]error, n)
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() { results[i], errs[i] = do(i) })
	}
	all.Wait()
	return results, errors.Join(firstFew(errs)...)
}

// firstFew keeps a report readable: the others say the same.
func firstFew(errs []error) (few []error) {
	for _, err := range errs {
		if err != nil && len(few) < 3 {
			few = append(few, err)
		}
	}
	return few
}
