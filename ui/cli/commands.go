package cli

import "github.com/spf13/cobra"

// commands returns the sub-commands in the order of the alphabet, as help shows them.
func (p *program) commands() []*cobra.Command {
	return []*cobra.Command{
		p.addCommand(), p.annotateCommand(), p.blameCommand(), p.configCommand(), p.convertCommand(), p.diffCommand(), p.evalCommand(), p.exportCommand(), p.feedCommand(), p.importCommand(), p.listCommand(),
		p.logCommand(), p.manCommand(), p.quotesCommand(), p.pdfReaderCommand(), p.rereadCommand(), p.searchCommand(), p.versionCommand(),
	}
}
