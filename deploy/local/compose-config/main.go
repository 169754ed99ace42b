// Reads a compose file by the parser that Docker Compose is built on, and prints what it means as JSON. Takes the place of
// "docker-compose --file FILE config --format json", whose words after the file it passes over.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"

	"github.com/compose-spec/compose-go/v2/cli"
)

// Set by the build.
var version = "unknown"

func main() {
	file := flag.String("file", "compose.yaml", "the compose file")
	asksVersion := flag.Bool("version", false, "print the version")
	flag.Parse()
	if *asksVersion {
		fmt.Println(version)
		return
	}
	text, err := read(*file)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(string(text))
}

func read(file string) ([]byte, error) {
	options, err := cli.NewProjectOptions([]string{file}, cli.WithOsEnv, cli.WithDefaultProfiles())
	if err != nil {
		return nil, err
	}
	project, err := options.LoadProject(context.Background())
	if err != nil {
		return nil, err
	}
	return project.MarshalJSON()
}
