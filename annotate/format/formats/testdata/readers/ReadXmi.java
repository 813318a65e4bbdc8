// Reads a CAS with UIMA's own deserializer and prints its names, each by the words at its offsets.
import java.io.*;
import java.nio.file.*;
import org.apache.uima.UIMAFramework;
import org.apache.uima.cas.*;
import org.apache.uima.cas.impl.XmiCasDeserializer;
import org.apache.uima.cas.text.AnnotationFS;
import org.apache.uima.resource.metadata.*;
import org.apache.uima.util.*;

public class ReadXmi {
	public static void main(String[] args) throws Exception {
		TypeSystemDescription types = UIMAFramework.getXMLParser().parseTypeSystemDescription(new XMLInputSource(args[0]));
		int names = 0, quotes = 0, speakers = 0;
		for (int i = 1; i < args.length; i++) {
			CAS cas = CasCreationUtils.createCas(types, null, null);
			try (InputStream in = Files.newInputStream(Paths.get(args[i]))) {
				XmiCasDeserializer.deserialize(in, cas);
			}
			Type name = cas.getTypeSystem().getType("de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity");
			for (AnnotationFS a : cas.getAnnotationIndex(name)) {
				names++;
				if (args.length == 2) System.out.println(a.getBegin() + " " + a.getEnd() + " " + a.getCoveredText());
			}
			Type quote = cas.getTypeSystem().getType("byline.Quote");
			for (AnnotationFS a : cas.getAnnotationIndex(quote)) {
				quotes++;
				if (a.getFeatureValue(quote.getFeatureByBaseName("speaker")) != null) speakers++;
			}
		}
		System.out.println((args.length - 1) + " files, " + names + " names, " + quotes + " quotes, " + speakers + " with a speaker");
		if (names == 0) System.exit(1);
	}
}
